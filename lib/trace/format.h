/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What tracefs says about the bytes of its ring buffer: the layout of pages and of one event. */
#ifndef XH_TRACE_FORMAT_H
#define XH_TRACE_FORMAT_H

#include <stddef.h>
#include <stdint.h>

/* Where a value is, in bytes from the start of the page or of the event. */
struct trace_field {
	size_t offset;
	size_t size;
};

/* A page of trace_pipe_raw: a u64 of nanoseconds, the commit word, events. */
struct trace_layout {
	struct trace_field commit;
	struct trace_field data; /* ends where the page ends */
};

/* An event bpf_trace_printk. */
struct trace_format {
	uint16_t id;
	struct trace_field type; /* equals id */
	struct trace_field flags;
	struct trace_field preempt_count;
	struct trace_field pid;
	struct trace_field message; /* u32: offset in the low half, length in the high half */
};

/*
 * Each reads the text of a file of the instance, events/header_page and the event's format:
 * lines "field:TYPE NAME; offset:N; size:N; signed:N;", set apart by tabs.
 * 0, or -EBADMSG with the failure recorded when something is missing or of another size.
 */
int trace_layout_parse(struct trace_layout *layout, const char *text);
int trace_format_parse(struct trace_format *format, const char *text);

/* Bytes in a page. */
size_t trace_layout_page_size(const struct trace_layout *layout);

#endif
