/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Per-CPU values that are numbers, added up. */
#ifndef XH_CMD_MAP_SUM_H
#define XH_CMD_MAP_SUM_H

#include <stdbool.h>
#include <stdint.h>

struct entry;
struct out;

/* Whether to add up, and what. */
struct sum {
	bool wanted;
	bool is_signed;
};

/*
 * Makes `entry`, of map number `map_id`, show sums. 0, or a negative errno with the failure
 * recorded for values that are not per CPU, or no integers of 1, 2, 4 or 8 bytes: by their type,
 * or by their size where they have none.
 */
int sum_choose(struct entry *entry, uint32_t map_id);

/* Emits the sum of the parts at `value`: 64 bits, of which a carry is lost. */
void sum_show(struct out *out, const struct entry *entry, const char *text, const void *value);

#endif
