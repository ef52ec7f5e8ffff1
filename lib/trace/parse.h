/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The kernel's own text of a trace buffer, its file `trace` → records. */
#ifndef XH_TRACE_PARSE_H
#define XH_TRACE_PARSE_H

#include <stdbool.h>

struct trace_record;

/* A reading position in text, which is taken apart in its place. */
struct trace_text {
	char *next;
	bool begun; /* past the heading */
};

/*
 * The next record of bpf_trace_printk; those of other events are passed over. It borrows comm and
 * message, and its time is that of the text: whole microseconds. A line that begins no record is
 * taken for one more of the message before, for a message may hold newlines.
 *
 * 1; 0 at the end; -EBADMSG when the text begins with no record: it is then in one of the other
 * forms that options of tracefs give it.
 */
int trace_text_next(struct trace_text *text, struct trace_record *record);

#endif
