/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Fields on a line of text: what sets them apart, their templates, what may be shown. */
#ifndef XH_OUT_LINE_H
#define XH_OUT_LINE_H

#include <stddef.h>

struct out;

/* The tabs that a line begins with. */
void line_indent(struct out *out);

/* The halves of a field: its template up to the '%', returning what follows that; and the rest. */
const char *line_begin(struct out *out, const char *text);
void line_end(struct out *out, const char *rest);

/* A string, with \xNN for what is unfit to be shown. */
void line_string(struct out *out, const char *bytes, size_t len);

#endif
