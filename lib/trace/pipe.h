/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* All CPUs of an instance as one stream of records in the order of time. */
#ifndef XH_TRACE_PIPE_H
#define XH_TRACE_PIPE_H

#include <stddef.h>

struct pollfd;
struct trace_instance;
struct trace_pipe;
struct trace_record;

/*
 * Opens the buffers of `instance`, which is borrowed and closed after the pipe; `tracefs` is an fd
 * of its root. 0, or a negative errno with the failure recorded.
 */
int trace_pipe_open(struct trace_pipe **pipe, const struct trace_instance *instance, int tracefs);
void trace_pipe_close(struct trace_pipe *pipe);

/*
 * Waits for records, and for `others`, at most TRACE_OTHERS_MAX. 1 when there are some; 0 after
 * trace_pipe_stop() when all were given; -EINTR, with no failure recorded, when one of `others`
 * reports something, which its `revents` says; another negative errno with the failure recorded.
 */
int trace_pipe_wait(struct trace_pipe *pipe, struct pollfd *others, size_t n);

/*
 * Takes the next record. 1; 0 when it is time to wait again; a negative errno with the failure
 * recorded. What the record points at stays until the next call.
 */
int trace_pipe_next(struct trace_pipe *pipe, struct trace_record *record);

/*
 * Reads ahead what there is, without waiting, and shows the first record of each CPU that has one;
 * nothing is taken. To be called before the first trace_pipe_wait(). 0, or a negative errno with
 * the failure recorded.
 */
int trace_pipe_look(struct trace_pipe *pipe,
		    void (*first)(void *context, const struct trace_record *record), void *context);

/* Ends the recording; what was recorded before is still to be read. */
int trace_pipe_stop(struct trace_pipe *pipe);

#endif
