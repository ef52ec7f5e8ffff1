// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The buckets of a hash table in spans: how they are planned, read, and what is not believed. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "map/spans.h"
#include "table.h"

#include <cmocka.h>

static void plans(void **state)
{
	struct spans spans = new_spans(100, 100);
	uint32_t at = 100;

	(void)state;
	assert_int_equal(spans_plan(&spans, BUCKETS / 2 + 1), 31);
	assert_int_equal(spans.buckets, BUCKETS);
	for (uint32_t i = 0; i < spans.n; i++) {
		assert_int_equal(spans.v[i].start, at);
		assert_true(spans.v[i].end - at >= ROOM * SPANS_BLOCKS);
		at = spans.v[i].end;
	}
	assert_int_equal(at, BUCKETS);
	spans_free(&spans);
}

static void no_plans(void **state)
{
	static const struct {
		uint32_t seen, seen_in, max_entries;
		int count;
	} cases[] = {
		{ 100, 0, BUCKETS, 0 },        { 0, 100, BUCKETS, 0 },
		{ 100, BUCKETS, BUCKETS, 0 },  { 100, UINT32_MAX, BUCKETS, 0 },
		{ 100, 100, 2048, 1 },         { 1, 2000, BUCKETS, 1 },
		{ 1, 1, UINT32_MAX, 2097151 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct spans spans = new_spans(cases[i].seen, cases[i].seen_in);

		assert_int_equal(spans_plan(&spans, cases[i].max_entries), cases[i].count);
		if (spans.n)
			assert_int_equal(spans.v[spans.n - 1].end, spans.buckets);
		spans_free(&spans);
	}
}

/* A span read to its end; what its last block said, or why it could not be read. */
static int read_span(struct spans *spans, uint32_t index, uint32_t *to)
{
	struct block block AUTO_BLOCK = { 0 };
	int more;

	while ((more = spans_read(spans, index, &block)) > 0) {
		assert_in_range(block.count, 1, ROOM);
		assert_true(block.from < block.to);
		assert_int_equal(block.beyond, block.to > spans->v[index].end);
		*to = block.to;
	}
	return more;
}

static void whole_spans(void **state)
{
	struct spans spans = new_spans(150, 100);
	uint32_t to = 0;

	(void)state;
	fill(mixed);
	assert_true(spans_plan(&spans, BUCKETS) > 40);
	for (uint32_t i = 0; i < spans.n; i++) {
		assert_int_equal(read_span(&spans, i, &to), 0);
		assert_in_range(to, spans.v[i].end, spans.v[i].end + 100);
	}
	assert_int_equal(to, BUCKETS);
	spans_free(&spans);
}

static int stays(uint32_t from, struct sys_batch *batch)
{
	memcpy(batch->out, &from, sizeof(from));
	batch->count = 1;
	return 0;
}

static int leaves_the_table(uint32_t from, struct sys_batch *batch)
{
	from = BUCKETS;
	return stays(from, batch);
}

static int brings_nothing(uint32_t from, struct sys_batch *batch)
{
	stays(from + 1, batch);
	batch->count = 0;
	return 0;
}

static int brings_too_much(uint32_t from, struct sys_batch *batch)
{
	stays(from + 1, batch);
	batch->count = ROOM + 1;
	return 0;
}

static int ends(uint32_t from, struct sys_batch *batch)
{
	(void)from;
	batch->count = 1;
	return -ENOENT;
}

static void strange_answers(void **state)
{
	static const struct {
		int (*answer)(uint32_t from, struct sys_batch *batch);
		int err;
	} cases[] = {
		{ stays, -EPROTO },          { leaves_the_table, -EPROTO },
		{ brings_nothing, -EPROTO }, { brings_too_much, -EPROTO },
		{ ends, -EPROTO },           { is_denied, -EPERM },
	};
	uint32_t to;

	(void)state;
	fill(mixed);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct spans spans = new_spans(150, 100);

		assert_true(spans_plan(&spans, BUCKETS) > 1);
		table.answer = cases[i].answer;
		assert_int_equal(read_span(&spans, 1, &to), cases[i].err);
		assert_int_equal(read_span(&spans, spans.n - 1, &to), cases[i].err);
		spans_free(&spans);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plans),
		cmocka_unit_test(no_plans),
		cmocka_unit_test(whole_spans),
		cmocka_unit_test(strange_answers),
	};

	return cmocka_run_group_tests_name("map spans", tests, NULL, NULL);
}
