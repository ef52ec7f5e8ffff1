// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* All CPUs of an instance as one stream of records in the order of time. */
#include "trace/pipe.h"

#include <errno.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/cleanup.h"
#include "base/err.h"
#include "base/file.h"
#include "trace/comm.h"
#include "trace/cpus.h"
#include "trace/format.h"
#include "trace/instance.h"
#include "trace/merge.h"
#include "trace/page.h"
#include "trace/poll.h"
#include "trace/source.h"

#define FORMAT_MAX 65536

struct trace_pipe {
	const struct trace_instance *instance;
	struct trace_layout layout;
	struct trace_format format;
	struct trace_comms comms;
	int per_cpu; /* fd of the directory of all CPUs' buffers */
	struct trace_sources VEC(struct trace_source) sources;
	struct trace_merge merge;
	struct trace_poll poll;
	bool stopped;
	bool counted; /* after the stop: the last losses were asked for */
};

static int read_format(struct trace_pipe *pipe)
{
	AUTO_BUF struct buf text = BUF_EMPTY;
	int dir = pipe->instance->dir;
	int err = file_read_at(dir, "events/header_page", FORMAT_MAX, &text);

	if (err)
		return fail(err, "read the trace format events/header_page");
	err = trace_layout_parse(&pipe->layout, buf_str(&text));
	if (err)
		return err;
	buf_clear(&text);
	err = file_read_at(dir, "events/bpf_trace/bpf_trace_printk/format", FORMAT_MAX, &text);
	if (err)
		return fail(err, "read the trace format of bpf_trace_printk");
	return trace_format_parse(&pipe->format, buf_str(&text));
}

static int add_cpu(struct trace_pipe *pipe, unsigned int cpu)
{
	struct trace_source source;
	int err = trace_source_open(&source, pipe->per_cpu, cpu);

	if (err || !vec_push(&pipe->sources, source))
		return err;
	trace_source_close(&source);
	return fail(-ENOMEM, "allocate trace buffers");
}

static int add_cpus(struct trace_pipe *pipe)
{
	struct trace_cpus cpus AUTO_TRACE_CPUS = { 0 };
	int err = 0;

	pipe->per_cpu = trace_cpus_open(pipe->instance->dir, &cpus);
	if (pipe->per_cpu < 0)
		return pipe->per_cpu;
	vec_each (cpu, &cpus)
		err = err ?: add_cpu(pipe, *cpu);
	return err;
}

static int prepare(struct trace_pipe *pipe)
{
	size_t n = pipe->sources.n;
	struct pollfd *fds = calloc(n + TRACE_OTHERS_MAX, sizeof(*fds));

	if (!fds)
		return fail(-ENOMEM, "allocate trace buffers");
	for (size_t i = 0; i < n; i++)
		fds[i] = (struct pollfd){ .fd = pipe->sources.v[i].fd, .events = POLLIN };
	pipe->poll = (struct trace_poll){ .fds = fds, .n = n };
	pipe->merge = (struct trace_merge){ .sources = pipe->sources.v, .n = n };
	return 0;
}

int trace_pipe_open(struct trace_pipe **opened, const struct trace_instance *instance, int tracefs)
{
	struct trace_pipe *pipe = calloc(1, sizeof(*pipe));
	int err;

	if (!pipe)
		return fail(-ENOMEM, "allocate trace buffers");
	pipe->instance = instance;
	pipe->per_cpu = -1;
	trace_comms_open(&pipe->comms, tracefs);
	err = read_format(pipe) ?: add_cpus(pipe) ?: prepare(pipe);
	if (err) {
		trace_pipe_close(pipe);
		return err;
	}
	*opened = pipe;
	return 0;
}

void trace_pipe_close(struct trace_pipe *pipe)
{
	vec_each (source, &pipe->sources)
		trace_source_close(source);
	vec_free(&pipe->sources);
	cleanup_fd(&pipe->per_cpu);
	trace_comms_close(&pipe->comms);
	free(pipe->poll.fds);
	free(pipe);
}

int trace_pipe_stop(struct trace_pipe *pipe)
{
	pipe->stopped = true;
	return trace_instance_stop(pipe->instance);
}

static int read_ready(struct trace_pipe *pipe)
{
	for (size_t i = 0; i < pipe->sources.n; i++) {
		struct trace_source *source = &pipe->sources.v[i];
		int err = 0;

		if (pipe->poll.fds[i].revents)
			err = trace_source_read(source, &pipe->layout);
		else
			source->drained = true;
		if (err)
			return err;
	}
	return 0;
}

static int count_lost(struct trace_pipe *pipe)
{
	int err = 0;

	pipe->counted = true;
	vec_each (source, &pipe->sources)
		err = err ?: trace_source_count_lost(source, source->newest_ns);
	return err;
}

int trace_pipe_wait(struct trace_pipe *pipe, struct pollfd *others, size_t n)
{
	trace_comms_age(&pipe->comms);
	for (;;) {
		bool idle = !pipe->stopped && !trace_merge_waits(&pipe->merge);
		int err = trace_poll(&pipe->poll, others, n, idle) ?: read_ready(pipe);
		bool all;

		if (err)
			return err;
		all = trace_merge_round(&pipe->merge, pipe->stopped);
		if (trace_merge_next(&pipe->merge))
			return 1;
		if (!all)
			continue;
		if (pipe->counted)
			return 0;
		err = count_lost(pipe);
		if (err)
			return err;
	}
}

static int decode(struct trace_pipe *pipe, const struct trace_source *source,
		  const struct trace_entry *entry, struct trace_record *record)
{
	int err;

	*record = (struct trace_record){ .cpu = source->cpu,
					 .ts_ns = entry->ts_ns,
					 .lost = entry->lost };
	if (entry->lost)
		return 1;
	err = trace_record_decode(record, &pipe->format, entry);
	if (err < 0)
		return fail_plain(err, "trace buffer of CPU %u: damaged event", source->cpu);
	if (err)
		record->comm = trace_comms_name(&pipe->comms, record->pid);
	return err;
}

int trace_pipe_next(struct trace_pipe *pipe, struct trace_record *record)
{
	struct trace_source *source;

	while ((source = trace_merge_next(&pipe->merge))) {
		int err = decode(pipe, source, &source->entries.v[source->taken++], record);

		if (err)
			return err;
	}
	return 0;
}

static int look_at(struct trace_pipe *pipe, const struct trace_source *source,
		   struct trace_record *record)
{
	int found = 0;

	for (size_t i = source->taken; !found && i < source->entries.n; i++) {
		found = decode(pipe, source, &source->entries.v[i], record);
		if (found > 0 && record->lost)
			found = 0;
	}
	return found;
}

int trace_pipe_look(struct trace_pipe *pipe,
		    void (*first)(void *context, const struct trace_record *record), void *context)
{
	int err = trace_poll(&pipe->poll, NULL, 0, false) ?: read_ready(pipe);

	for (size_t i = 0; !err && i < pipe->sources.n; i++) {
		struct trace_record record;
		int found = look_at(pipe, &pipe->sources.v[i], &record);

		if (found > 0)
			first(context, &record);
		err = found < 0 ? found : 0;
	}
	return err;
}
