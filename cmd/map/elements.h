/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The elements of a map, one after another. */
#ifndef XH_CMD_MAP_ELEMENTS_H
#define XH_CMD_MAP_ELEMENTS_H

#include <stdbool.h>
#include <stdint.h>

struct entries;
struct entry;
struct out;

struct elements {
	const struct entry *entry;
	uint64_t limit; /* elements that are shown at most */
	bool nested;    /* text: below another line; those with types take one line each */
	uint64_t found; /* out: those shown that have a value */
};

/* Emits them, within an array of the caller's; 0 or a negative errno with the failure recorded. */
int elements_show(struct out *out, struct entries *entries, struct elements *elements);

#endif
