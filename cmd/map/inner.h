/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What is in the maps of a map of maps. */
#ifndef XH_CMD_MAP_INNER_H
#define XH_CMD_MAP_INNER_H

#include <stdbool.h>
#include <stdint.h>

struct entry;
struct out;

/* Whether it is shown, and how much. */
struct inner {
	bool wanted;
	uint64_t limit; /* elements of each map at most */
};

/*
 * Emits the map `map_id`, which the map of `outer` holds, with its elements, but follows no map in
 * these; nothing when it is gone. Why it cannot be read is emitted in place of what cannot, and no
 * failure recorded.
 */
void inner_show(struct out *out, const struct entry *outer, uint32_t map_id);

#endif
