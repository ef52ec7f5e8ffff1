/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The entries of a map, many at a time: by BPF_MAP_LOOKUP_BATCH, or key by key. */
#ifndef XH_MAP_ENTRIES_H
#define XH_MAP_ENTRIES_H

#include <linux/bpf.h>
#include <stdint.h>

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

/* Some entries: parallel arrays. */
struct entries_block {
	uint8_t *keys;
	uint8_t *values;
	int *errs; /* 0, or the negative errno of a value that cannot be had (and is all zero) */
	uint32_t count;
	uint32_t room;
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
 * more, or a negative errno with the failure recorded.
 */
int entries_next(struct entries *entries, struct entries_block *block);
void entries_block_free(struct entries_block *block);
#define AUTO_ENTRIES_BLOCK __attribute__((cleanup(entries_block_free)))

#endif
