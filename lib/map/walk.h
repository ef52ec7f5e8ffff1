/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The keys of a map by BPF_MAP_GET_NEXT_KEY, each once, whatever is deleted meanwhile. */
#ifndef XH_MAP_WALK_H
#define XH_MAP_WALK_H

#include <stdint.h>

#include "base/vec.h"
#include "map/keyset.h"

/*
 * Asked for what follows a key that is gone, the kernel begins anew: so every key met is kept, to
 * go on from one before it, and to know which were met.
 */
struct walk {
	int fd;
	uint32_t max; /* keys, then the walk ends */
	int (*next_key)(int fd, const void *key,
			void *next); /* sys_map_next_key(), but for tests */

	struct keyset met;
	struct VEC(uint32_t) trail; /* of those met, which to go on from, the last one first */
};

/*
 * Writes the next key to `key`: 1, or 0 after the last, or a negative errno, no failure recorded.
 * A walk begins as zeroed memory with the first three members and the size of keys set.
 */
int walk_next(struct walk *walk, void *key);
void walk_free(struct walk *walk);

#endif
