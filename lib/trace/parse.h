/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The kernel's own text of a trace buffer, its file `trace` → records. */
#ifndef XH_TRACE_PARSE_H
#define XH_TRACE_PARSE_H

#include <stdbool.h>
#include <stdint.h>

struct trace_record;

/* A reading position in the text of one CPU, which is taken apart in its place. */
struct trace_text {
	char *next;
	unsigned int cpu;
	uint64_t now_ns;   /* no record is later; UINT64_MAX: not known */
	uint64_t least_ns; /* none is earlier: as what was read before */
	bool begun;        /* past the heading */
};

/*
 * The next record of bpf_trace_printk; those of other events are passed over. It borrows comm and
 * message, and its time is that of the text: whole microseconds. A line that begins no record is
 * taken for one more of the message before, for a message may hold newlines; so is one that cannot
 * be where it is, by its CPU or time.
 *
 * 1; 0 at the end; -EBADMSG when the text begins with no record: it is then in one of the other
 * forms that options of tracefs give it.
 */
int trace_text_next(struct trace_text *text, struct trace_record *record);

/* The end of the microsecond that it is by the text of a per_cpu/cpuN/stats, or UINT64_MAX. */
uint64_t trace_text_now_ns(const char *stats);

#endif
