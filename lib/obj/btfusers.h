/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Which programs and maps have their types in which BTF object. */
#ifndef XH_OBJ_BTFUSERS_H
#define XH_OBJ_BTFUSERS_H

#include "base/vec.h"
#include "obj/key.h"

struct btfuser {
	struct obj_key key; /* what it is, OBJ_PROG or OBJ_MAP, and the id of its BTF object */
	uint32_t id;
};

struct btfusers VEC(struct btfuser);

/*
 * Looks through all programs and maps; sorted as the members of a row are. 0 or a negative errno
 * with the failure recorded.
 */
int btfusers_read(struct btfusers *users);

/* The first row of that key and how many follow one another; NULL and 0 for none. */
const struct btfuser *btfusers_of(const struct btfusers *users, struct obj_key key, size_t *count);

#endif
