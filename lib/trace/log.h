/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What BPF programs print, as lines: from an instance of our own, or else from the shared pipe. */
#ifndef XH_TRACE_LOG_H
#define XH_TRACE_LOG_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct pollfd;
struct trace_filter;
struct trace_log;
struct trace_record;

/*
 * Where from: where the kernel has instances, and not `shared`, records that `filter` lets pass;
 * else the lines of the shared pipe, which has no records, and `filter` must be empty. That one
 * always begins with what waits in it.
 */
struct trace_log_options {
	bool shared;
	bool records;                /* lines alone will not do */
	bool since_boot;             /* begin with what still waits in the buffers of all */
	struct trace_filter *filter; /* borrowed while the log is open */
};

/*
 * Begins to follow; what is printed from now on is seen, and each line once. 0, or a negative errno with the failure
 * recorded and nothing left behind.
 */
int trace_log_open(struct trace_log **log, const struct trace_log_options *options);

/* Ends it, and removes the instance. */
void trace_log_close(struct trace_log *log);

/*
 * Waits for lines, and for `others`, at most TRACE_OTHERS_MAX. 1 when there are some; 0 after
 * trace_log_stop() when all were given; -EINTR, with no failure recorded, when one of `others`
 * reports something, which its `revents` says; another negative errno with the failure recorded.
 */
int trace_log_wait(struct trace_log *log, struct pollfd *others, size_t n);

/*
 * Appends the next line, without newline, unescaped: it may hold any bytes. 1; 0 when it is time to
 * wait again; a negative errno with the failure recorded.
 */
int trace_log_next(struct trace_log *log, struct buf *line);

/*
 * Takes the next record of a log that was opened for `records`; 1, 0 or a negative errno likewise.
 * What the record points at stays until the next call.
 */
int trace_log_next_record(struct trace_log *log, struct trace_record *record);

/* Ends the recording; lines recorded before are still to be had. */
int trace_log_stop(struct trace_log *log);

#endif
