// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Threads that read in several places of a hash table: of each bucket each element comes once. */
#include <errno.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "map/crew.h"
#include "map/keyset.h"
#include "map/seam.h"
#include "map/spans.h"
#include "table.h"

#include <cmocka.h>

/* A block of those buckets, whose keys are as many characters. */
static void assert_joined(struct seam *seam, struct block *block, const char *keys,
			  const char *expected)
{
	uint32_t *key = (uint32_t *)block->keys;
	uint64_t *value = (uint64_t *)block->values;

	for (block->count = 0; keys[block->count]; block->count++) {
		key[block->count] = (uint8_t)keys[block->count];
		value[block->count] = (uint8_t)keys[block->count] * 2U;
	}
	assert_int_equal(seam_join(seam, &shape, block), 0);
	assert_int_equal(block->count, strlen(expected));
	for (uint32_t i = 0; i < block->count; i++) {
		assert_int_equal(key[i], expected[i]);
		assert_int_equal(value[i], expected[i] * 2);
	}
}

static void seams(void **state)
{
	static const struct {
		uint32_t from, to;
		bool beyond;
		const char *keys, *expected;
	} blocks[] = {
		{ 10, 20, false, "abc", "abc" },
		{ 20, 35, true, "defg", "defg" }, /* of a span up to 30 */
		{ 30, 33, false, "ef", "" },
		{ 33, 40, false, "xghgfy", "xhy" }, /* x came and e went meanwhile */
		{ 40, 50, false, "abg", "abg" },
		{ 50, 90, true, "klm", "klm" }, /* beyond two spans, up to 60 and 80 */
		{ 60, 95, true, "mn", "n" },
		{ 80, 84, false, "z", "" },
		{ 84, 99, false, "mno", "o" },
	};
	struct seam seam = { .position = 10, .reaching = { .key_size = 4 } };
	struct block block AUTO_BLOCK = { 0 };

	(void)state;
	assert_int_equal(block_clear(&block, &shape, ROOM), 0);
	for (size_t i = 0; i < sizeof(blocks) / sizeof(blocks[0]); i++) {
		block.from = blocks[i].from;
		block.to = blocks[i].to;
		block.beyond = blocks[i].beyond;
		assert_joined(&seam, &block, blocks[i].keys, blocks[i].expected);
	}
	assert_int_equal(seam.position, 99);
	seam_free(&seam);
}

static int read_lane(void *context, uint32_t lane, struct block *block)
{
	return spans_read(context, lane, block);
}

/* All elements behind the first buckets, in the order of the buckets; the status at the end. */
static int read_all(struct spans *spans, unsigned int threads)
{
	const struct crew_source source = { spans->n, read_lane, spans };
	struct seam seam = { .position = spans->seen_in, .reaching = { .key_size = 4 } };
	uint32_t bucket = spans->seen_in, index = 0;
	struct block *block;
	struct crew crew;
	int more;

	crew_open(&crew, &source, threads);
	while ((more = crew_next(&crew, &block)) > 0) {
		assert_int_equal(seam_join(&seam, &shape, block), 0);
		for (uint32_t i = 0; i < block->count; i++) {
			for (; index == table.sizes[bucket]; index = 0)
				bucket++;
			assert_int_equal(((uint32_t *)block->keys)[i], key_of(bucket, index++));
		}
	}
	for (; !more && bucket < BUCKETS && index == table.sizes[bucket]; index = 0)
		bucket++;
	if (!more)
		assert_int_equal(bucket, BUCKETS);
	crew_close(&crew);
	seam_free(&seam);
	return more;
}

static uint8_t sparse(uint32_t bucket)
{
	return bucket % 5 == 0;
}

static uint8_t crowded(uint32_t bucket)
{
	return bucket > 3000 && bucket < 3100 ? 60 : bucket % 7 == 0;
}

/* For long there is less than whoever plans spans was told. */
static uint8_t late(uint32_t bucket)
{
	return bucket < BUCKETS / 4 * 3 ? bucket % 23 == 0 : 4;
}

static void all_elements(void **state)
{
	static const struct {
		uint8_t (*size)(uint32_t bucket);
		uint32_t seen, seen_in; /* as far as is known beforehand */
	} cases[] = {
		{ mixed, 150, 100 },
		{ sparse, 20, 100 },
		{ crowded, 14, 98 },
		{ late, 400, 100 },
	};

	(void)state;
	for (unsigned int i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		fill(cases[i].size);
		for (unsigned int threads = 0; threads <= CREW_THREADS + 1; threads++) {
			struct spans spans = new_spans(cases[i].seen, cases[i].seen_in);

			assert_true(spans_plan(&spans, BUCKETS) > 3);
			assert_int_equal(read_all(&spans, threads), 0);
			spans_free(&spans);
		}
	}
}

static int fails_late(uint32_t from, struct sys_batch *batch)
{
	return from > BUCKETS / 2 ? is_denied(from, batch) : 1;
}

static void failure_in_a_lane(void **state)
{
	(void)state;
	fill(mixed);
	table.answer = fails_late;
	for (unsigned int threads = 0; threads <= CREW_THREADS; threads++) {
		struct spans spans = new_spans(400, 100);

		assert_true(spans_plan(&spans, BUCKETS) > CREW_LANES);
		assert_int_equal(read_all(&spans, threads), -EPERM);
		spans_free(&spans);
	}
}

/* Lanes without an end, each of which two threads must not read at a time. */
struct endless {
	atomic_uint reads, clashes;
	atomic_bool busy[8];
};

static int read_endless(void *context, uint32_t lane, struct block *block)
{
	struct endless *endless = context;

	endless->clashes += atomic_exchange(&endless->busy[lane], true);
	sched_yield();
	endless->busy[lane] = false;
	endless->reads++;
	block->count = 1;
	return 1;
}

/* Of which nobody takes more than a block, though there are lanes and threads for it. */
static void crew_that_is_left(void **state)
{
	struct endless endless = { 0 };
	const struct crew_source source = { 8, read_endless, &endless };
	struct crew crew;
	struct block *block;

	(void)state;
	crew_open(&crew, &source, CREW_THREADS);
	assert_int_equal(crew_next(&crew, &block), 1);
	while (endless.reads < CREW_LANES * CREW_BLOCKS)
		sched_yield();
	crew_close(&crew);
	assert_int_equal(endless.reads, CREW_LANES * CREW_BLOCKS);
	assert_int_equal(endless.clashes, 0);
}

static void key_sets(void **state)
{
	struct keyset set = { .key_size = 4 };
	uint32_t key;

	(void)state;
	for (uint32_t round = 0; round < 2; round++) {
		for (key = 0; key < 1000; key++) {
			assert_false(keyset_has(&set, &key));
			assert_int_equal(keyset_add(&set, &key), 1);
			assert_int_equal(keyset_add(&set, &key), 0);
		}
		assert_int_equal(set.count, 1000);
		for (key = 0; key < 1000; key++) {
			assert_true(keyset_has(&set, &key));
			assert_memory_equal(keyset_at(&set, key), &key, sizeof(key));
		}
		keyset_clear(&set);
	}
	keyset_free(&set);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(key_sets),          cmocka_unit_test(seams),
		cmocka_unit_test(all_elements),      cmocka_unit_test(failure_in_a_lane),
		cmocka_unit_test(crew_that_is_left),
	};

	return cmocka_run_group_tests_name("map crew", tests, NULL, NULL);
}
