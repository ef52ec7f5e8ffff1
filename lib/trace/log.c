// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What BPF programs print, as lines: from an instance of our own, or else from the shared pipe. */
#include "trace/log.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>

#include "base/buf.h"
#include "base/cleanup.h"
#include "base/err.h"
#include "trace/filter.h"
#include "trace/history.h"
#include "trace/instance.h"
#include "trace/line.h"
#include "trace/page.h"
#include "trace/pipe.h"
#include "trace/shared.h"
#include "trace/tracefs.h"

struct trace_log {
	const struct trace_filter *filter;
	struct trace_pipe *pipe; /* NULL: the lines come from `shared` */
	struct trace_instance instance;
	struct trace_history history;
	bool joined; /* what the history has stops where the pipe begins */
	struct trace_shared shared;
};

static void close_private(struct trace_log *log)
{
	if (log->pipe)
		trace_pipe_close(log->pipe);
	trace_instance_close(&log->instance);
	trace_history_free(&log->history);
}

/* The pause keeps the two stamps of one record apart from those of two, see history.h. */
static int read_history(struct trace_log *log, int tracefs)
{
	const struct timespec pause = { .tv_nsec = 3 * TRACE_TWIN_NS };

	nanosleep(&pause, NULL);
	return trace_history_read(&log->history, tracefs);
}

static int open_private(struct trace_log *log, const struct trace_log_options *options, int tracefs)
{
	int err = trace_instance_open(&log->instance, options->filter, tracefs);

	if (err)
		return err;
	if (options->since_boot)
		err = trace_instance_share_clock(&log->instance, tracefs);
	err = err ?: trace_pipe_open(&log->pipe, &log->instance, tracefs);
	log->joined = !options->since_boot;
	if (!err && options->since_boot)
		err = read_history(log, tracefs);
	if (err)
		close_private(log);
	return err;
}

static int open_shared(struct trace_log *log, const struct trace_log_options *options, int tracefs)
{
	int err;

	if (options->records || !trace_filter_is_empty(options->filter))
		return fail_plain(-EOPNOTSUPP,
				  "the shared trace_pipe has lines of text, not records "
				  "to be told apart");
	err = trace_shared_open(&log->shared, tracefs);
	if (err == -EBUSY && !options->shared)
		fail_hint("this kernel has but one for all: end that process");
	return err;
}

static int open_in(struct trace_log *log, const struct trace_log_options *options)
{
	AUTO_BUF struct buf path = BUF_EMPTY;
	auto_fd int tracefs = tracefs_open(&path);
	int err;

	if (tracefs < 0)
		return tracefs;
	log->filter = options->filter;
	if (options->shared || !trace_instance_possible(tracefs))
		err = open_shared(log, options, tracefs);
	else
		err = open_private(log, options, tracefs);
	return err ? fail_context(err, "%s", buf_str(&path)) : 0;
}

int trace_log_open(struct trace_log **opened, const struct trace_log_options *options)
{
	auto_free struct trace_log *log = calloc(1, sizeof(*log));
	int err = log ? open_in(log, options) : fail(-ENOMEM, "follow the trace");

	if (!err)
		*opened = take_ptr(log);
	return err;
}

void trace_log_close(struct trace_log *log)
{
	if (log->pipe)
		close_private(log);
	else
		trace_shared_close(&log->shared);
	free(log);
}

static void end_history(void *history, const struct trace_record *first)
{
	trace_history_end_at(history, first);
}

/* 1 as there may be something to take now. */
static int join(struct trace_log *log)
{
	int err = trace_pipe_look(log->pipe, end_history, &log->history);

	if (err)
		return err;
	trace_history_sort(&log->history);
	log->joined = true;
	return 1;
}

int trace_log_wait(struct trace_log *log, struct pollfd *others, size_t n)
{
	if (!log->pipe)
		return trace_shared_wait(&log->shared, others, n);
	return log->joined ? trace_pipe_wait(log->pipe, others, n) : join(log);
}

int trace_log_next_record(struct trace_log *log, struct trace_record *record)
{
	int err;

	while (trace_history_next(&log->history, record)) {
		if (trace_filter_passes_old(log->filter, record))
			return 1;
	}
	do {
		err = trace_pipe_next(log->pipe, record);
	} while (err > 0 && !trace_filter_passes(log->filter, record));
	return err;
}

int trace_log_next(struct trace_log *log, struct buf *line)
{
	struct trace_record record;
	int err;

	if (!log->pipe)
		return trace_shared_next(&log->shared, line);
	err = trace_log_next_record(log, &record);
	if (err <= 0)
		return err;
	trace_line_add(line, &record);
	return buf_err(line) ?: 1;
}

int trace_log_stop(struct trace_log *log)
{
	if (log->pipe)
		return trace_pipe_stop(log->pipe);
	trace_shared_stop(&log->shared);
	return 0;
}
