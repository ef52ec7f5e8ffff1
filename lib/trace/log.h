/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What BPF programs print, as lines: from an instance of our own, or else from the shared pipe. */
#ifndef XH_TRACE_LOG_H
#define XH_TRACE_LOG_H

#include <stddef.h>

struct buf;
struct pollfd;
struct trace_log;

/*
 * Begins to follow; what is printed from now on is seen. 0, or a negative errno with the failure
 * recorded and nothing left behind.
 */
int trace_log_open(struct trace_log **log);

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

/* Ends the recording; lines recorded before are still to be had. */
int trace_log_stop(struct trace_log *log);

#endif
