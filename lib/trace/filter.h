/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Which records are wanted: said to the kernel as far as it understands, else decided here. */
#ifndef XH_TRACE_FILTER_H
#define XH_TRACE_FILTER_H

#include <regex.h>
#include <stdbool.h>
#include <stdint.h>

struct buf;
struct trace_record;
struct trace_shapes;

struct trace_filter {
	bool by_pid;
	uint32_t pid;                      /* of the thread, in the initial pid namespace */
	const char *comm;                  /* a glob; NULL: any */
	const char *grep;                  /* an extended regular expression; NULL: any */
	const struct trace_shapes *shapes; /* of messages; NULL: any */
	regex_t compiled;                  /* of grep */
	regex_t shaped;                    /* of shapes */
	bool in_kernel;                    /* the kernel has taken what trace_filter_write() says */
};

#define AUTO_TRACE_FILTER __attribute__((cleanup(trace_filter_close)))

/*
 * Makes the filter, whose members above `compiled` are set, ready; then it is to be closed, failed
 * or not. 0, or -EINVAL with the failure recorded.
 */
int trace_filter_open(struct trace_filter *filter);
void trace_filter_close(struct trace_filter *filter);

/* True when it lets everything pass. */
bool trace_filter_is_empty(const struct trace_filter *filter);

/*
 * Appends what the kernel can decide in the language of an event's filter file (its
 * Documentation/trace/events.rst); nothing when that is nothing.
 */
void trace_filter_write(const struct trace_filter *filter, struct buf *text);

/*
 * True when the record is wanted. News of lost ones always is: nobody knows what they were. So is,
 * whatever its shape, a message as long as the kernel lets them be: it may have been cut.
 */
bool trace_filter_passes(const struct trace_filter *filter, const struct trace_record *record);

/* The same of a record that the kernel has not filtered before. */
bool trace_filter_passes_old(const struct trace_filter *filter, const struct trace_record *record);

#endif
