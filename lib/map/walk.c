// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The keys of a map by BPF_MAP_GET_NEXT_KEY, each once, whatever is deleted meanwhile. */
#include "map/walk.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define SLOTS_MIN 64

static const void *key_at(const struct walk *walk, uint32_t index)
{
	return walk->keys.data + (size_t)index * walk->key_size;
}

/* FNV-1a. */
static uint32_t hash(const void *key, uint32_t size)
{
	const uint8_t *bytes = key;
	uint32_t sum = 2166136261;

	for (uint32_t i = 0; i < size; i++)
		sum = (sum ^ bytes[i]) * 16777619;
	return sum;
}

/* The slot that `key` is in, or the free one where it would be put. */
static uint32_t *find(const struct walk *walk, const void *key)
{
	uint32_t mask = walk->slot_count - 1;
	uint32_t at = hash(key, walk->key_size) & mask;

	while (walk->slots[at] &&
	       memcmp(key_at(walk, walk->slots[at] - 1), key, walk->key_size) != 0)
		at = (at + 1) & mask;
	return &walk->slots[at];
}

/* Keeps at least half of the slots free. */
static int make_room(struct walk *walk)
{
	uint32_t count = walk->slot_count ? walk->slot_count * 2 : SLOTS_MIN;

	if (walk->slot_count / 2 > walk->count)
		return 0;
	free(walk->slots);
	walk->slot_count = 0;
	walk->slots = calloc(count, sizeof(*walk->slots));
	if (!walk->slots)
		return -ENOMEM;
	walk->slot_count = count;
	for (uint32_t i = 0; i < walk->count; i++)
		*find(walk, key_at(walk, i)) = i + 1;
	return 0;
}

static int keep(struct walk *walk, uint32_t *slot, const void *key)
{
	buf_add(&walk->keys, key, walk->key_size);
	if (walk->keys.failed || vec_push(&walk->trail, walk->count))
		return -ENOMEM;
	*slot = ++walk->count;
	return 1;
}

int walk_next(struct walk *walk, void *key)
{
	while (walk->count < walk->max) {
		bool start = !walk->trail.n;
		const void *from = start ? NULL : key_at(walk, walk->trail.v[walk->trail.n - 1]);
		int err = walk->next_key(walk->fd, from, key) ?: make_room(walk);
		uint32_t *slot;

		if (err)
			return err == -ENOENT ? 0 : err;
		slot = find(walk, key);
		if (!*slot)
			return keep(walk, slot, key);
		if (start)
			return 0;
		/* `from` is gone, or what follows it was met: go on from the key before. */
		walk->trail.n--;
	}
	return 0;
}

void walk_free(struct walk *walk)
{
	buf_free(&walk->keys);
	vec_free(&walk->trail);
	free(take_ptr(walk->slots));
	walk->slot_count = 0;
}
