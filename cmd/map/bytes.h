/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* From what was written for a key or a value to its bytes. */
#ifndef XH_CMD_MAP_BYTES_H
#define XH_CMD_MAP_BYTES_H

#include <stdbool.h>
#include <stdint.h>

struct data;
struct plan;

struct bytes {
	const char *what;        /* "key" or "value" */
	const char *map;         /* "map hosts" */
	uint32_t size;           /* bytes that are needed */
	bool prefix;             /* they are a key of an LPM trie */
	bool index;              /* they are the number of a slot */
	const struct plan *plan; /* NULL: the map does not say what they mean */
};

/*
 * Writes `size` bytes: those listed, if there are as many; else what one word means by the plan, or
 * by what it begins with; or those of a file. 0 or a negative errno with the failure recorded.
 */
int bytes_read(const struct bytes *bytes, const struct data *data, uint8_t *into);

#endif
