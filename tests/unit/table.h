/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* A hash table that is read as the kernel reads one, in batches of whole buckets. */
#ifndef XH_TEST_TABLE_H
#define XH_TEST_TABLE_H

#include <errno.h>
#include <stdint.h>
#include <string.h>

#include "map/spans.h"

#define ROOM    128
#define BUCKETS 65536

static const struct shape shape = { .key_size = 4, .value_stride = 8 };

/* A table as the kernel reads it: of so many elements in each bucket. */
static struct {
	uint8_t sizes[BUCKETS];
	int (*answer)(uint32_t from, struct sys_batch *batch); /* instead, unless it is 1 */
} table;

static uint32_t key_of(uint32_t bucket, uint32_t index)
{
	return bucket << 8 | index;
}

static void put_bucket(struct sys_batch *batch, uint32_t bucket)
{
	uint32_t *keys = batch->keys;
	uint64_t *values = batch->values;

	for (uint32_t i = 0; i < table.sizes[bucket]; i++, batch->count++) {
		keys[batch->count] = key_of(bucket, i);
		values[batch->count] = ~(uint64_t)key_of(bucket, i);
	}
}

/* Whole buckets, until one does not fit. */
static int lookup(struct sys_batch *batch)
{
	uint32_t room = batch->count, at = *(const uint32_t *)batch->in;
	int err = table.answer ? table.answer(at, batch) : 1;

	if (err <= 0)
		return err;
	batch->count = 0;
	for (; at < BUCKETS; at++) {
		if (table.sizes[at] > room - batch->count)
			break;
		put_bucket(batch, at);
	}
	*(uint32_t *)batch->out = at;
	if (at == BUCKETS)
		return -ENOENT;
	return batch->count ? 0 : -ENOSPC;
}

static void fill(uint8_t (*size)(uint32_t bucket))
{
	table.answer = NULL;
	for (uint32_t i = 0; i < BUCKETS; i++)
		table.sizes[i] = size(i);
}

static uint8_t mixed(uint32_t bucket)
{
	return (uint8_t)(bucket * 2654435761U >> 30);
}

/* What is left to be read after the first buckets, of which so many elements were seen. */
static struct spans new_spans(uint32_t seen, uint32_t seen_in)
{
	return (struct spans){
		.shape = &shape,
		.room = ROOM,
		.seen = seen,
		.seen_in = seen_in,
		.lookup = lookup,
	};
}

static int is_denied(uint32_t from, struct sys_batch *batch)
{
	(void)from;
	batch->count = 0;
	return -EPERM;
}

#endif
