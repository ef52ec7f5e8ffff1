/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What stands around values in JSON: commas, keys, line breaks, quotes. */
#ifndef XH_OUT_JSON_H
#define XH_OUT_JSON_H

#include <stdbool.h>
#include <stddef.h>

struct out;

/* The comma, line break and key before a value; false when the value has no place there. */
bool json_before(struct out *out, const char *key);

/* A quoted string; whatever JSON or a terminal could take for more than text is escaped. */
void json_string(struct out *out, const char *bytes, size_t len);

/* A line break and the indentation of the level that fields belong to. */
void json_newline(struct out *out);

#endif
