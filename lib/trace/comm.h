/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Names of the threads that trace records tell only the pid of. */
#ifndef XH_TRACE_COMM_H
#define XH_TRACE_COMM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/vec.h"

#define TRACE_COMM_SIZE 16

struct trace_comm {
	int pid;
	char name[TRACE_COMM_SIZE]; /* always ends with a NUL; bytes from outside */
};

/* A short-lived cache: threads end, are renamed, and pids are used again. */
struct trace_comms {
	int saved; /* fd of tracefs' saved_cmdlines, or -1 */
	int proc;  /* fd of a /proc whose pids are those of the records, or -1 */
	uint64_t since_ms;
	struct trace_comm_list VEC(struct trace_comm) known; /* sorted by pid */
	struct buf saved_text;                               /* empty: to be read again */
};

/* `tracefs` is an fd of its root. What cannot be opened is done without. */
void trace_comms_open(struct trace_comms *comms, int tracefs);
void trace_comms_close(struct trace_comms *comms);

/* To be called for each batch of records: forgets what was learned more than a moment ago. */
void trace_comms_age(struct trace_comms *comms);

/*
 * The thread's name: from /proc while it lives, from what the tracer saved when it no longer does,
 * else "<...>". Borrowed until the next call for these comms.
 */
const char *trace_comms_name(struct trace_comms *comms, int pid);

/* Finds `pid` in the lines "PID NAME" of a saved_cmdlines. */
bool trace_comm_saved(struct trace_comm *comm, const char *text, int pid);

#endif
