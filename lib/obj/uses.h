/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What a program is bound up with: the links and program arrays that hold it, its own maps. */
#ifndef XH_OBJ_USES_H
#define XH_OBJ_USES_H

#include <stdint.h>

#include "base/vec.h"
#include "obj/obj.h"

struct uses_link {
	uint32_t id;
	uint32_t type; /* enum bpf_link_type */
	uint32_t
		ifindex; /* of an XDP link's device; 0 for other types and for a device that is gone */
};

/* An element of a program array. */
struct uses_slot {
	uint32_t map_id;
	uint32_t index;
	char map_name[BPF_OBJ_NAME_LEN];
};

struct uses {
	struct uses_links VEC(struct uses_link) links;
	struct uses_slots VEC(struct uses_slot) slots;
	struct uses_maps VEC(uint32_t) own_maps; /* ids of maps that no other program uses */
};

/* Looks through all links, maps and programs; 0 or a negative errno with the failure recorded. */
int uses_read(const struct obj *prog, struct uses *uses);
void uses_free(struct uses *uses);
#define AUTO_USES __attribute__((cleanup(uses_free)))

#endif
