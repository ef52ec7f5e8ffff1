// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What programs write to a perf event array with bpf_perf_event_output(). */
#include "bpf/samples.h"

#include <bpf/libbpf.h>
#include <errno.h>
#include <linux/perf_event.h>
#include <sys/ioctl.h>

#include "base/err.h"

/* For each CPU; a power of two. */
#define BUFFER_PAGES 64

/* What was heard of one CPU. */
struct told {
	uint32_t cpu, index;
	uint64_t lost;
};

struct samples {
	struct perf_buffer *buffer;
	struct samples_from from;
	struct samples_visitor visitor;
	struct told *told;
	size_t current; /* the one that is being read */
};

/* With sample_type RAW | TIME. */
struct raw_sample {
	struct perf_event_header header;
	uint64_t time_ns;
	uint32_t size;
	uint8_t data[];
};

struct lost_record {
	struct perf_event_header header;
	uint64_t id;
	uint64_t lost;
};

static void read_sample(const struct perf_event_header *header, struct sample *sample)
{
	const struct raw_sample *raw = (const void *)header;
	size_t room = header->size - offsetof(struct raw_sample, data);

	if (header->size < offsetof(struct raw_sample, data))
		return;
	sample->time_ns = raw->time_ns;
	sample->data = raw->data;
	sample->data_size = raw->size < room ? raw->size : (uint32_t)room;
}

static void read_lost(const struct perf_event_header *header, struct sample *sample)
{
	const struct lost_record *record = (const void *)header;

	if (header->size < sizeof(*record))
		return;
	sample->event_id = record->id;
	sample->lost = record->lost;
}

static enum bpf_perf_event_ret visit(void *context, int cpu, struct perf_event_header *header)
{
	struct samples *samples = context;
	struct told *told = &samples->told[samples->current];
	struct sample sample = {
		.type = header->type,
		.size = header->size,
		.cpu = (uint32_t)cpu,
		.index = samples->from.cpu < 0 ? (uint32_t)cpu : samples->from.index,
	};

	if (header->type == PERF_RECORD_SAMPLE)
		read_sample(header, &sample);
	else if (header->type == PERF_RECORD_LOST)
		read_lost(header, &sample);
	told->cpu = sample.cpu;
	told->index = sample.index;
	told->lost += sample.lost;
	samples->visitor.visit(&sample, samples->visitor.context);
	return LIBBPF_PERF_EVENT_CONT;
}

static struct perf_buffer *open_buffer(struct samples *samples, uint64_t read_format)
{
	int cpu = (int)samples->from.cpu, index = (int)samples->from.index;
	struct perf_event_attr attr = {
		.type = PERF_TYPE_SOFTWARE,
		.size = sizeof(attr),
		.config = PERF_COUNT_SW_BPF_OUTPUT,
		.sample_type = PERF_SAMPLE_RAW | PERF_SAMPLE_TIME,
		.sample_period = 1,
		.wakeup_events = 1,
		.read_format = read_format,
	};
	LIBBPF_OPTS(perf_buffer_raw_opts, options);

	if (cpu >= 0) {
		options.cpu_cnt = 1;
		options.cpus = &cpu;
		options.map_keys = &index;
	}
	return perf_buffer__new_raw(samples->from.fd, BUFFER_PAGES, &attr, visit, samples,
				    &options);
}

static int start(struct samples *samples)
{
	libbpf_print_fn_t print = libbpf_set_print(NULL);
	int err = 0;

	samples->buffer = open_buffer(samples, PERF_FORMAT_LOST);
	if (!samples->buffer && errno == EINVAL)
		samples->buffer = open_buffer(samples, 0);
	if (!samples->buffer)
		err = -errno;
	libbpf_set_print(print);
	if (err && samples->from.cpu >= 0)
		return fail(err, "put a perf event of CPU %lld into slot %u of map %u",
			    (long long)samples->from.cpu, samples->from.index, samples->from.id);
	return err ? fail(err, "put perf events into map %u", samples->from.id) : 0;
}

static int prepare(struct samples *samples)
{
	int err = start(samples);

	if (err)
		return err;
	samples->told = calloc(perf_buffer__buffer_cnt(samples->buffer), sizeof(*samples->told));
	return samples->told ? 0 : fail(-ENOMEM, "listen to map %u", samples->from.id);
}

int samples_open(const struct samples_from *from, const struct samples_visitor *visitor,
		 struct samples **samples)
{
	struct samples *opened AUTO(samples) = calloc(1, sizeof(*opened));
	int err;

	if (!opened)
		return fail(-ENOMEM, "listen to map %u", from->id);
	opened->from = *from;
	opened->visitor = *visitor;
	err = prepare(opened);
	if (!err)
		*samples = take_ptr(opened);
	return err;
}

void samples_close(struct samples *samples)
{
	perf_buffer__free(samples->buffer);
	free(samples->told);
	free(samples);
}

int samples_fd(const struct samples *samples)
{
	return perf_buffer__epoll_fd(samples->buffer);
}

int samples_take(struct samples *samples)
{
	size_t count = perf_buffer__buffer_cnt(samples->buffer);

	for (samples->current = 0; samples->current < count; samples->current++) {
		int err = perf_buffer__consume_buffer(samples->buffer, samples->current);

		if (err < 0 && err != LIBBPF_PERF_EVENT_CONT)
			return fail(err, "read the samples of map %u", samples->from.id);
	}
	return 0;
}

void samples_take_lost(struct samples *samples)
{
	for (size_t i = 0; i < perf_buffer__buffer_cnt(samples->buffer); i++) {
		struct told *told = &samples->told[i];
		struct sample sample = {
			.type = PERF_RECORD_LOST,
			.size = sizeof(struct lost_record),
			.cpu = told->cpu,
			.index = told->index,
		};
		uint64_t counts[2]; /* of events, and of those lost */
		int fd = perf_buffer__buffer_fd(samples->buffer, i);

		if (read(fd, counts, sizeof(counts)) != sizeof(counts) || counts[1] <= told->lost)
			continue;
		ioctl(fd, PERF_EVENT_IOC_ID, &sample.event_id);
		sample.lost = counts[1] - told->lost;
		told->lost = counts[1];
		samples->visitor.visit(&sample, samples->visitor.context);
	}
}
