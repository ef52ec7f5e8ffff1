/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Some elements of a map: what one BPF_MAP_LOOKUP_BATCH brings. */
#ifndef XH_MAP_BLOCK_H
#define XH_MAP_BLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "bpf/sys.h"
#include "map/shape.h"

/* Parallel arrays; zeroed memory is an empty one without room. */
struct block {
	uint8_t *keys;
	uint8_t *values;
	int *errs; /* 0, or the negative errno of a value that cannot be had (and is all zero) */
	uint32_t count;
	uint32_t room;

	/* Of a span of buckets (map/spans.h): those from the first up to the second. */
	uint32_t from, to;
	bool beyond; /* there may be elements of buckets behind the span */
};

/* Empties the block and makes room for `room` elements: 0 or -ENOMEM, no failure recorded. */
int block_clear(struct block *block, const struct shape *shape, uint32_t room);

/*
 * Fills a block that has room for `batch->count` elements by one call, of which the caller sets fd,
 * in, out and count, and makes `count` in both what came. 0, -ENOENT after the last element, or
 * another negative errno, no failure recorded; -EPROTO for an answer that cannot be.
 */
int block_lookup(struct block *block, struct sys_batch *batch,
		 int (*lookup)(struct sys_batch *batch));

void block_free(struct block *block);
#define AUTO_BLOCK __attribute__((cleanup(block_free)))

#endif
