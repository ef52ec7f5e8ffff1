/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The entries of a map, many at a time: by BPF_MAP_LOOKUP_BATCH, or key by key. */
#ifndef XH_MAP_ENTRIES_H
#define XH_MAP_ENTRIES_H

#include <linux/bpf.h>
#include <stdint.h>

#include "map/block.h"
#include "map/shape.h"
#include "map/walk.h"

enum entries_way {
	ENTRIES_START, /* by batches, if the kernel has them for this type */
	ENTRIES_BATCH,
	ENTRIES_KEYS,
	ENTRIES_DONE,
};

/* A map that is being read. */
struct entries {
	struct shape shape;

	int fd; /* borrowed */
	uint32_t id;
	uint32_t max_entries;
	enum entries_way way;
	uint32_t room; /* entries that are asked for at once */
	void *token;   /* where the batch goes on: two of them, this one and the next */
	void *next_token;
	struct walk walk;
};

/*
 * Begins to read the map `fd`, which is borrowed; a failure that says what to use instead for a
 * type that has no elements. 0 or a negative errno with the failure recorded.
 */
int entries_open(struct entries *entries, int fd, const struct bpf_map_info *info);
void entries_close(struct entries *entries);
#define AUTO_ENTRIES __attribute__((cleanup(entries_close)))

/*
 * Fills `block` (zeroed before the first time) with the next entries: 1, or 0 when there are no
 * more, or a negative errno, no failure recorded; entries_fail() records it.
 */
int entries_read(struct entries *entries, struct block *block);
int entries_fail(const struct entries *entries, int err);

/*
 * The bucket of a hash table that the next batch begins with, and the same set; only where
 * shape.kinds->in_buckets, and after a block was read that was not the last.
 */
uint32_t entries_bucket(const struct entries *entries);
void entries_seek(struct entries *entries, uint32_t bucket);

#endif
