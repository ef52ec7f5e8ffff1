/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Which process reads the one trace_pipe that all share. */
#ifndef XH_TRACE_READER_H
#define XH_TRACE_READER_H

#include <stdbool.h>

struct trace_reader {
	int pid;
	char comm[16]; /* bytes from outside; "?" when it cannot be told */
};

/*
 * Looks through /proc for a process that has trace_pipe open, that of all CPUs or of one; an
 * instance's does not count. `tracefs` is an fd of its root. False when none is to be seen.
 */
bool trace_reader_find(struct trace_reader *reader, int tracefs);

#endif
