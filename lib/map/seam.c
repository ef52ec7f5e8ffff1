// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Where spans of buckets meet: what one read of the next is shown once. */
#include "map/seam.h"

#include <string.h>

static void move(struct block *block, const struct shape *shape, uint32_t from, uint32_t to)
{
	memcpy(block->keys + (size_t)to * shape->key_size,
	       block->keys + (size_t)from * shape->key_size, shape->key_size);
	memcpy(block->values + to * shape->value_stride, block->values + from * shape->value_stride,
	       shape->value_stride);
}

static void drop_shown(const struct seam *seam, const struct shape *shape, struct block *block)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < block->count; i++) {
		if (keyset_has(&seam->reaching, block->keys + (size_t)i * shape->key_size))
			continue;
		if (kept != i)
			move(block, shape, i, kept);
		kept++;
	}
	block->count = kept;
}

static int remember(struct seam *seam, const struct shape *shape, const struct block *block)
{
	for (uint32_t i = 0; i < block->count; i++) {
		int err = keyset_add(&seam->reaching, block->keys + (size_t)i * shape->key_size);

		if (err < 0)
			return err;
	}
	return 0;
}

int seam_join(struct seam *seam, const struct shape *shape, struct block *block)
{
	int err = 0;

	if (block->from >= seam->position)
		keyset_clear(&seam->reaching);
	else if (block->to <= seam->position)
		block->count = 0;
	else
		drop_shown(seam, shape, block);
	if (block->beyond)
		err = remember(seam, shape, block);
	if (!err && block->to > seam->position)
		seam->position = block->to;
	return err;
}

void seam_free(struct seam *seam)
{
	keyset_free(&seam->reaching);
}
