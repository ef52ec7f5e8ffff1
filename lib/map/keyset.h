/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* A set of keys of one size, in the order in which they came. */
#ifndef XH_MAP_KEYSET_H
#define XH_MAP_KEYSET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

/* Zeroed memory with the first member set is an empty one. */
struct keyset {
	uint32_t key_size; /* bytes */
	uint32_t count;
	struct buf keys;     /* one after another */
	uint32_t *slots;     /* a hash table of indices plus one; 0 is free */
	uint32_t slot_count; /* a power of two */
};

/* 1, or 0 when it has the key already, or -ENOMEM, no failure recorded. */
int keyset_add(struct keyset *set, const void *key);

bool keyset_has(const struct keyset *set, const void *key);

/* The key that was the index-th to come; borrowed until the next is added. */
const void *keyset_at(const struct keyset *set, uint32_t index);

void keyset_clear(struct keyset *set);
void keyset_free(struct keyset *set);

#endif
