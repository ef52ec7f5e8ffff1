/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What a program is bound up with: the links, places and maps that hold it, its own maps. */
#ifndef XH_OBJ_USES_H
#define XH_OBJ_USES_H

#include <stdint.h>

#include "base/vec.h"
#include "obj/attached.h"
#include "obj/obj.h"

/* An element of a map of programs, or of devices or processors that have each a program. */
struct uses_slot {
	uint32_t map_id;
	uint32_t map_type;
	uint32_t key;
	char map_name[BPF_OBJ_NAME_LEN];
};

struct uses {
	struct attached_links links;
	struct attached_list attached;
	struct uses_slots VEC(struct uses_slot) slots;
	struct uses_maps VEC(uint32_t) own_maps; /* ids of maps that no other program uses */
};

/*
 * Looks through all links, maps and programs, and wherever it can be attached; 0 or a negative errno
 * with the failure recorded.
 */
int uses_read(const struct obj *prog, struct uses *uses);
void uses_free(struct uses *uses);
#define AUTO_USES __attribute__((cleanup(uses_free)))

#endif
