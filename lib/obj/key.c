// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Tables of facts about objects, sorted by the object, and the look-up in them. */
#include "obj/key.h"

int obj_key_compare(const struct obj_key *left, const struct obj_key *right)
{
	if (left->kind != right->kind)
		return left->kind < right->kind ? -1 : 1;
	return left->id < right->id ? -1 : left->id > right->id;
}

const void *obj_key_find(const void *rows, size_t n, size_t row_size, struct obj_key key,
			 size_t *count)
{
	const char *base = rows;
	size_t low = 0, high = n, end;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (obj_key_compare((const void *)(base + middle * row_size), &key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	end = low;
	while (end < n && !obj_key_compare((const void *)(base + end * row_size), &key))
		end++;
	*count = end - low;
	return *count ? base + low * row_size : NULL;
}
