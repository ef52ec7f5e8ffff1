/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* A record as the line of text that the kernel's own trace_pipe shows. */
#ifndef XH_TRACE_LINE_H
#define XH_TRACE_LINE_H

#include <stddef.h>

struct buf;
struct trace_record;

/*
 * Appends "COMM-PID [CPU] FLAGS SECONDS: bpf_trace_printk: MESSAGE", or "[CPU N lost N lines]".
 * Newlines at the end of the message are left out, all else of it stays as it is: a line is one
 * record, and still has to be escaped before it reaches a terminal.
 */
void trace_line_add(struct buf *line, const struct trace_record *record);

/* How much of the message a line shows: all but the newlines at its end. */
size_t trace_line_message_len(const struct trace_record *record);

#endif
