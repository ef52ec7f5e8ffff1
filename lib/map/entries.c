// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The entries of a map, many at a time: by BPF_MAP_LOOKUP_BATCH, or key by key. */
#include "map/entries.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "bpf/names.h"
#include "bpf/sys.h"

/* What a block is made to hold: enough to make system calls cheap, and to stay in the cache. */
#define BLOCK_BYTES   ((size_t)64 * 1024)
#define BLOCK_ENTRIES 1024

static int fail_none(const struct bpf_map_info *info, const struct kinds *kinds)
{
	char scratch[NAMES_SCRATCH];

	fail_plain(-EOPNOTSUPP, "map %u is a %s, which has no elements to dump: %s", info->id,
		   names_map_type_or_number(info->type, scratch), kinds->none);
	return fail_hint("%s", kinds->instead);
}

static uint32_t room_for(const struct bpf_map_info *info, const struct shape *shape)
{
	size_t entry = shape->key_size + shape->value_stride;
	size_t room = entry ? BLOCK_BYTES / entry : BLOCK_ENTRIES;

	if (room > BLOCK_ENTRIES)
		room = BLOCK_ENTRIES;
	if (room > info->max_entries)
		room = info->max_entries;
	return room ? (uint32_t)room : 1;
}

int entries_open(struct entries *entries, int fd, const struct bpf_map_info *info)
{
	size_t token_size = info->key_size > 4 ? info->key_size : 4;
	int err;

	*entries = (struct entries){
		.fd = fd,
		.id = info->id,
		.max_entries = info->max_entries,
		.walk = { .fd = fd,
			  .max = info->max_entries,
			  .next_key = sys_map_next_key,
			  .met = { .key_size = info->key_size } },
	};
	err = shape_of(info, &entries->shape);
	if (err)
		return err;
	if (entries->shape.kinds->none)
		return fail_none(info, entries->shape.kinds);
	entries->way = entries->shape.kinds->by_key ? ENTRIES_KEYS : ENTRIES_START;
	entries->room = room_for(info, &entries->shape);
	entries->token = malloc(token_size);
	entries->next_token = malloc(token_size);
	if (!entries->token || !entries->next_token)
		return fail(-ENOMEM, "read map %u", info->id);
	return 0;
}

void entries_close(struct entries *entries)
{
	free(take_ptr(entries->token));
	free(take_ptr(entries->next_token));
	shape_free(&entries->shape);
	walk_free(&entries->walk);
}

/* One call; the token moves on with what came. */
static int lookup_batch(struct entries *entries, struct block *block)
{
	struct sys_batch batch = {
		.fd = entries->fd,
		.in = entries->way == ENTRIES_BATCH ? entries->token : NULL,
		.out = entries->next_token,
		.count = entries->room,
	};
	int err = block_clear(block, &entries->shape, entries->room)
			  ?: block_lookup(block, &batch, sys_map_lookup_batch);
	void *token = entries->token;

	if (block->count) {
		entries->token = entries->next_token;
		entries->next_token = token;
		entries->way = ENTRIES_BATCH;
	}
	return err;
}

static bool has_no_batch(int err)
{
	return err == -EINVAL || err == -EOPNOTSUPP || err == -ERR_ENOTSUPP;
}

static int next_batch(struct entries *entries, struct block *block)
{
	int err = lookup_batch(entries, block);

	/* A chain of the hash table is longer than the block, and the kernel gives whole ones. */
	while (err == -ENOSPC && entries->room < entries->max_entries) {
		entries->room *= 2;
		err = lookup_batch(entries, block);
	}
	if (err && err != -ENOENT)
		return err;
	if (err || !block->count)
		entries->way = ENTRIES_DONE;
	return block->count != 0;
}

static int next_keys(struct entries *entries, struct block *block)
{
	int err = block_clear(block, &entries->shape, entries->room);

	while (!err && block->count < entries->room) {
		uint8_t *key = block->keys + (size_t)block->count * entries->shape.key_size;
		uint8_t *value = block->values + block->count * entries->shape.value_stride;
		int found = walk_next(&entries->walk, key);

		if (found < 0)
			return found;
		if (!found) {
			entries->way = ENTRIES_DONE;
			break;
		}
		memset(value, 0, entries->shape.value_stride);
		found = sys_map_lookup(entries->fd, key, value);
		if (found == -ENOENT && entries->shape.kinds->missing == KINDS_GONE)
			continue;
		block->errs[block->count++] = found;
	}
	return err ?: block->count != 0;
}

int entries_read(struct entries *entries, struct block *block)
{
	int more = 0;

	if (entries->way == ENTRIES_START || entries->way == ENTRIES_BATCH)
		more = next_batch(entries, block);
	if (entries->way == ENTRIES_START && has_no_batch(more))
		entries->way = ENTRIES_KEYS;
	if (entries->way == ENTRIES_KEYS)
		more = next_keys(entries, block);
	return more;
}

int entries_fail(const struct entries *entries, int err)
{
	if (has_no_batch(err))
		return fail(err, "map %u has no elements that can be listed", entries->id);
	return fail(err, "read the elements of map %u", entries->id);
}

uint32_t entries_bucket(const struct entries *entries)
{
	uint32_t bucket;

	memcpy(&bucket, entries->token, sizeof(bucket));
	return bucket;
}

void entries_seek(struct entries *entries, uint32_t bucket)
{
	memcpy(entries->token, &bucket, sizeof(bucket));
}
