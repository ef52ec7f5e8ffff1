// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The buckets of a hash table in spans, which may be read at the same time. */
#include "map/spans.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>

/*
 * What is asked for where a span begins, and at least where it ends: little, because the elements
 * of a block that reaches into the next span are compared with those of the block there.
 */
#define SEAM_ELEMENTS 64

static uint32_t bucket_count(uint32_t max_entries)
{
	uint64_t count = 1;

	while (count < max_entries)
		count *= 2;
	return count > UINT32_MAX ? UINT32_MAX : (uint32_t)count;
}

/* At least one, and whole ones: what is left over makes them longer. */
static uint32_t span_count(const struct spans *spans)
{
	uint64_t length = (uint64_t)SPANS_BLOCKS * spans->room * spans->seen_in / spans->seen;
	uint32_t left = spans->buckets - spans->seen_in;

	return length < left ? (uint32_t)(left / length) : 1;
}

int spans_plan(struct spans *spans, uint32_t max_entries)
{
	uint32_t start = spans->seen_in, count;

	spans->n = 0;
	spans->buckets = bucket_count(max_entries);
	if (!start || !spans->seen || start >= spans->buckets)
		return 0;
	count = span_count(spans);
	spans->v = calloc(count, sizeof(*spans->v));
	if (!spans->v)
		return -ENOMEM;
	for (; spans->n < count; spans->n++) {
		uint32_t end = start + (spans->buckets - start) / (count - spans->n);

		spans->v[spans->n] = (struct span){ start, start, end };
		start = end;
	}
	return (int)count;
}

void spans_free(struct spans *spans)
{
	free(take_ptr(spans->v));
	spans->n = 0;
}

/* Towards the end ever less, so that what comes from behind it is little. */
static uint32_t wanted(const struct spans *spans, const struct span *span)
{
	uint64_t left = (uint64_t)(span->end - span->next) * spans->seen / spans->seen_in;

	left -= left / 16;
	if (left < SEAM_ELEMENTS || span->next == span->start)
		left = SEAM_ELEMENTS;
	return left > spans->room ? spans->room : (uint32_t)left;
}

/* Where to go on: a number for now, but the kernel was promised room for a key. */
union token {
	uint32_t bucket;
	uint8_t key[SPANS_KEY_MAX];
};

/* That there is nothing more is believed of the last span only, and not before it began. */
static int lookup(const struct spans *spans, const struct span *span, struct block *block,
		  uint32_t *next)
{
	bool may_end = span->end == spans->buckets && span->next != span->start;
	union token in = { .bucket = span->next }, out = { 0 };
	struct sys_batch batch = {
		.fd = spans->fd,
		.in = &in,
		.out = &out,
		.count = wanted(spans, span),
	};
	int err = block_clear(block, spans->shape, spans->room)
			  ?: block_lookup(block, &batch, spans->lookup);

	*next = err ? spans->buckets : out.bucket;
	if (err == -ENOENT)
		return may_end ? 0 : -EPROTO;
	if (!err && (!block->count || *next <= span->next || *next >= spans->buckets))
		return -EPROTO;
	return err;
}

int spans_read(struct spans *spans, uint32_t index, struct block *block)
{
	struct span *span = &spans->v[index];
	uint32_t from = span->next, next;
	int err;

	if (from >= span->end)
		return 0;
	err = lookup(spans, span, block, &next);
	if (err)
		return err;
	span->next = next;
	block->from = from;
	block->to = next;
	block->beyond = next > span->end;
	return block->count != 0;
}
