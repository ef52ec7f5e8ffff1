/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Tables of facts about objects, sorted by the object, and the look-up in them. */
#ifndef XH_OBJ_KEY_H
#define XH_OBJ_KEY_H

#include <stddef.h>
#include <stdint.h>

#include "obj/obj.h"

/* Which object a row is about; the first member of every row of such a table. */
struct obj_key {
	enum obj_kind kind;
	uint32_t id;
};

/* Less than, equal to or greater than 0, for qsort(). */
int obj_key_compare(const struct obj_key *left, const struct obj_key *right);

/*
 * The first of the rows about `key` and how many follow one another; NULL and 0 when there is none.
 * `rows` are `n` elements of `row_size` bytes, sorted by their keys.
 */
const void *obj_key_find(const void *rows, size_t n, size_t row_size, struct obj_key key,
			 size_t *count);

#endif
