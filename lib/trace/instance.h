/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* A private tracefs instance: ring buffers of our own into which the kernel copies bpf_printk. */
#ifndef XH_TRACE_INSTANCE_H
#define XH_TRACE_INSTANCE_H

#include <stdbool.h>

struct trace_filter;

struct trace_instance {
	char name[40]; /* xh-PID, or xh-PID.N where that was taken */
	int parent;    /* fd of the directory of all instances */
	int dir;       /* fd of this one's directory */
	int keep;      /* fd of a file in it, see below */
};

/* True when this kernel can copy bpf_printk into an instance: 5.9 and later. */
bool trace_instance_possible(int tracefs);

/*
 * Removes what killed xh processes left, makes an instance, sets it up to wake readers at the first
 * event, and turns the bpf_trace_printk event on, for what the kernel can tell to pass `filter`.
 * `tracefs` is an fd of its root. 0, or a negative errno with the failure recorded and nothing left
 * behind.
 *
 * An instance with an open file cannot be removed (EBUSY), and a process that dies closes its
 * files: so `keep`, open from the start, is what tells a living owner from a dead one, whatever
 * happened to its process id.
 */
int trace_instance_open(struct trace_instance *instance, struct trace_filter *filter, int tracefs);

/*
 * Makes it keep the time of the clock that the buffers that all share have; what was recorded until
 * now may be lost. 0, or a negative errno with the failure recorded.
 */
int trace_instance_share_clock(const struct trace_instance *instance, int tracefs);

/*
 * Stops recording; what was recorded can still be read. 0 or a negative errno, the failure
 * recorded.
 */
int trace_instance_stop(const struct trace_instance *instance);

/* Closes and removes it. Its other files have to be closed before. */
void trace_instance_close(struct trace_instance *instance);

/* True for the names that trace_instance_open() makes. */
bool trace_instance_is_ours(const char *name);

#endif
