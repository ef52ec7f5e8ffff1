// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* A set of keys of one size, in the order in which they came. */
#include "map/keyset.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define SLOTS_MIN 64

const void *keyset_at(const struct keyset *set, uint32_t index)
{
	return set->keys.data + (size_t)index * set->key_size;
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
static uint32_t *find(const struct keyset *set, const void *key)
{
	uint32_t mask = set->slot_count - 1;
	uint32_t at = hash(key, set->key_size) & mask;

	while (set->slots[at] &&
	       memcmp(keyset_at(set, set->slots[at] - 1), key, set->key_size) != 0)
		at = (at + 1) & mask;
	return &set->slots[at];
}

/* Keeps at least half of the slots free. */
static int make_room(struct keyset *set)
{
	uint32_t count = set->slot_count ? set->slot_count * 2 : SLOTS_MIN;
	uint32_t *slots;

	if (set->slot_count / 2 > set->count)
		return 0;
	slots = calloc(count, sizeof(*slots));
	if (!slots)
		return -ENOMEM;
	free(set->slots);
	set->slots = slots;
	set->slot_count = count;
	for (uint32_t i = 0; i < set->count; i++)
		*find(set, keyset_at(set, i)) = i + 1;
	return 0;
}

int keyset_add(struct keyset *set, const void *key)
{
	int err = make_room(set);
	uint32_t *slot;

	if (err)
		return err;
	slot = find(set, key);
	if (*slot)
		return 0;
	buf_add(&set->keys, key, set->key_size);
	if (set->keys.failed)
		return -ENOMEM;
	*slot = ++set->count;
	return 1;
}

bool keyset_has(const struct keyset *set, const void *key)
{
	return set->count && *find(set, key);
}

void keyset_clear(struct keyset *set)
{
	if (set->count)
		memset(set->slots, 0, set->slot_count * sizeof(*set->slots));
	buf_clear(&set->keys);
	set->count = 0;
}

void keyset_free(struct keyset *set)
{
	buf_free(&set->keys);
	free(take_ptr(set->slots));
	set->count = set->slot_count = 0;
}
