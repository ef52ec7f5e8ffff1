/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The buckets of a hash table in spans, which may be read at the same time. */
#ifndef XH_MAP_SPANS_H
#define XH_MAP_SPANS_H

#include <stdint.h>

#include "map/block.h"

/* Blocks that a span is likely to fill. */
#define SPANS_BLOCKS 16

/* Bytes; no program that finds its keys on its stack has longer ones. */
#define SPANS_KEY_MAX 512

struct span {
	uint32_t start; /* bucket */
	uint32_t next;  /* to be read */
	uint32_t end;   /* the bucket behind the last one */
};

/*
 * For batches the kernel numbers the buckets, as many as there may be elements, up to a power of
 * two: it goes on with any of them. But it ends where the block is full, not where the span ends:
 * a block of the one may have elements of the next. That is what map/seam.h is for.
 */
struct spans {
	int fd; /* borrowed */
	const struct shape *shape;
	uint32_t room;                          /* elements of a block */
	uint32_t seen, seen_in;                 /* so many elements were in so many buckets */
	int (*lookup)(struct sys_batch *batch); /* sys_map_lookup_batch(), but for tests */

	uint32_t buckets;
	uint32_t n;
	struct span *v; /* one after another, without a gap */
};

/*
 * Divides what follows the first `seen_in` buckets of a table for `max_entries` elements; the
 * members up to `lookup` are set. The number of spans: less than two when it is not worth it, or
 * seen_in cannot be a number of buckets; or -ENOMEM, no failure recorded.
 */
int spans_plan(struct spans *spans, uint32_t max_entries);
void spans_free(struct spans *spans);

/*
 * Fills `block` with the next elements of a span, and says of which buckets they are: 1, or 0 at
 * its end, or a negative errno, no failure recorded. -EPROTO when the kernel does not go on behind
 * where it began, within the table, up to its end. Different spans may be read at the same time.
 */
int spans_read(struct spans *spans, uint32_t index, struct block *block);

#endif
