/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Which messages a format string of bpf_printk can have made. */
#ifndef XH_TRACE_SHAPE_H
#define XH_TRACE_SHAPE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/vec.h"

struct buf;

/* Formats; a message is of their shape when one of them can have made it. */
struct trace_shapes VEC(char *);

#define AUTO_TRACE_SHAPES __attribute__((cleanup(trace_shapes_free)))

/*
 * Adds a copy of `format`, once. What the kernel would not take for a format (its
 * bpf_bprintf_prepare()) is left out, for nothing was ever printed with it. 0, or -ENOMEM with the
 * failure recorded.
 */
int trace_shapes_add(struct trace_shapes *shapes, const char *format);
void trace_shapes_free(struct trace_shapes *shapes);

/* Appends an extended regular expression for a whole message, newlines at its end left out. */
void trace_shapes_regex(const struct trace_shapes *shapes, struct buf *regex);

/* How much of a format every message begins with: what stands before its first conversion. */
size_t trace_shape_fixed_len(const char *format);

#endif
