// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Some elements of a map: what one BPF_MAP_LOOKUP_BATCH brings. */
#include "map/block.h"

#include <errno.h>
#include <stdlib.h>

void block_free(struct block *block)
{
	free(block->keys);
	free(block->values);
	free(block->errs);
	*block = (struct block){ 0 };
}

int block_clear(struct block *block, const struct shape *shape, uint32_t room)
{
	block->count = 0;
	if (block->room >= room)
		return 0;
	block_free(block);
	block->keys = calloc(room, shape->key_size ?: 1);
	block->values = calloc(room, shape->value_stride ?: 1);
	block->errs = calloc(room, sizeof(*block->errs));
	if (!block->keys || !block->values || !block->errs) {
		block_free(block);
		return -ENOMEM;
	}
	block->room = room;
	return 0;
}

int block_lookup(struct block *block, struct sys_batch *batch,
		 int (*lookup)(struct sys_batch *batch))
{
	uint32_t asked = batch->count;
	int err;

	batch->keys = block->keys;
	batch->values = block->values;
	err = lookup(batch);
	if (batch->count > asked)
		return -EPROTO;
	if (!err || err == -ENOENT)
		block->count = batch->count;
	return err;
}
