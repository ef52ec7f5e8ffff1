/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The parts of a per-CPU value, one after another. */
#ifndef XH_CMD_MAP_PARTS_H
#define XH_CMD_MAP_PARTS_H

#include <stdbool.h>

struct entry;
struct out;
struct shape;

#define PARTS_TEXT 32 /* bytes */

/* Templates of text, of each CPU: made once, because there are many values. */
struct parts {
	char (*texts)[PARTS_TEXT];
};

/*
 * Nothing is made for values that are one; `below`: parts stand below their titles. 0 or -ENOMEM
 * with the failure recorded.
 */
int parts_open(struct parts *parts, const struct shape *shape, bool below);
void parts_close(struct parts *parts);

/* Emit those that `entry` does not leave out, as bytes, and by their type. */
void parts_show(struct out *out, const struct entry *entry, const char *value);
void parts_show_typed(struct out *out, const struct entry *entry, const char *value);

#endif
