/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Pages of trace_pipe_raw → events → records. Pure: no file, no kernel. */
#ifndef XH_TRACE_PAGE_H
#define XH_TRACE_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct trace_format;
struct trace_layout;

/* Reading position in a page. The format: the kernel's include/linux/ring_buffer.h. */
struct trace_page {
	const unsigned char *next;
	const unsigned char *end;
	uint64_t ts_ns;
	bool missed; /* events before this page were overwritten */
};

/* An event, borrowed from its page; or no data, and the number of events that were lost. */
struct trace_entry {
	uint64_t ts_ns;
	const unsigned char *data;
	size_t len;
	uint64_t lost;
};

/* A line of bpf_printk, or the news that `lost` of them were overwritten. */
struct trace_record {
	uint64_t ts_ns; /* since boot, the tracer's own clock */
	uint64_t lost;
	unsigned int cpu;
	int pid;               /* of the thread, in the initial pid namespace */
	uint8_t flags;         /* context bits, see line.c */
	uint8_t preempt_count; /* low half: preemption disabled; high half: migration disabled */
	const char *comm;      /* at most 15 bytes from outside; "<...>" when nobody knows */
	const char *message;   /* as the program printed it, bytes from outside; no NUL after it */
	size_t len;
};

/* Begins a page of trace_layout_page_size() bytes. 0, or -EBADMSG when it is damaged. */
int trace_page_open(struct trace_page *page, const struct trace_layout *layout, const void *bytes);

/* 1 and the next event; 0 at the end; -EBADMSG when the page is damaged. */
int trace_page_next(struct trace_page *page, struct trace_entry *entry);

/*
 * Fills ts_ns, pid, flags, preempt_count, message and len. 1; 0 when it is an event of another
 * kind; -EBADMSG when it is damaged.
 */
int trace_record_decode(struct trace_record *record, const struct trace_format *format,
			const struct trace_entry *entry);

#endif
