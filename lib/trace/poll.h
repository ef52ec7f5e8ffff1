/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Waiting for trace files and, at the same time, for what the caller wants to hear of. */
#ifndef XH_TRACE_POLL_H
#define XH_TRACE_POLL_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>

/* How many file descriptors of the caller there may be. */
#define TRACE_OTHERS_MAX 4

struct trace_poll {
	struct pollfd *fds; /* n for reading, then room for TRACE_OTHERS_MAX */
	size_t n;
};

/*
 * Sets `revents` of all; sleeps until one has any when `wait` is true. 0; -EINTR, with no failure
 * recorded, when one of `others` has; another negative errno with the failure recorded.
 */
int trace_poll(struct trace_poll *poll, struct pollfd *others, size_t n, bool wait);

#endif
