/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The one trace_pipe that all processes share, for kernels without bpf_printk in instances. */
#ifndef XH_TRACE_SHARED_H
#define XH_TRACE_SHARED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct pollfd;

struct trace_shared {
	int fd;
	struct buf text; /* read, and given out up to `taken` */
	size_t taken;
	bool stopped;
};

/*
 * `tracefs` is an fd of its root. 0, or a negative errno with the failure recorded; -EBUSY names
 * the process that reads it already.
 */
int trace_shared_open(struct trace_shared *shared, int tracefs);
void trace_shared_close(struct trace_shared *shared);

/* As trace_pipe_wait(); 0 also at the end of the file. */
int trace_shared_wait(struct trace_shared *shared, struct pollfd *others, size_t n);

/* Appends the next whole line without its newline. 1; 0 when it is time to wait again. */
int trace_shared_next(struct trace_shared *shared, struct buf *line);

/* Nothing is read any more: what is left in the pipe is another reader's. */
void trace_shared_stop(struct trace_shared *shared);

#endif
