// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* lib/btf: what render() shows of random values of random types, scan() takes back to the byte. */
#include "btf.h"

#include <float.h>
#include <math.h>
#include <stdio.h>

#include "btf/number.h"
#include "btf/scan.h"
#include "btf/step.h"

#define ROUNDS      3000
#define MEMBERS_MAX 6

/* xorshift64*: the same numbers each time. */
static uint64_t state = 0x9e3779b97f4a7c15;

static uint64_t next(void)
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return state * 2685821657736338717ULL;
}

static uint32_t below(uint32_t limit)
{
	return (uint32_t)(next() >> 33) % limit;
}

/* Types. */

static int add_enum(struct btf *btf)
{
	static int count;
	bool wide = below(2);
	int id = wide ? btf__add_enum64(btf, "wide", 8, below(2)) : btf__add_enum(btf, "narrow", 4);
	char name[32];

	for (uint32_t i = 0; i < 3; i++) {
		snprintf(name, sizeof(name), "NAME_%d", count++);
		if (wide)
			assert_int_equal(btf__add_enum64_value(btf, name, next() >> below(64)), 0);
		else
			assert_int_equal(btf__add_enum_value(btf, name, below(6)), 0);
	}
	return id;
}

static int add_any(struct btf *btf, unsigned int depth);

static void add_fields(struct btf *btf, const int *types, uint32_t count, bool overlap)
{
	static int names;
	uint32_t bit = 0, end = 0;
	int id = (int)btf__type_cnt(btf) - 1;
	struct btf_type *type;

	for (uint32_t i = 0; i < count; i++) {
		const struct btf_type *member = types_resolve(btf, (uint32_t)types[i]);
		uint32_t size = (uint32_t)btf__resolve_size(btf, (uint32_t)types[i]) * 8;
		bool nameless = btf_is_composite(member) && below(2);
		bool bits = btf_is_int(member) && !btf_int_encoding(member) && below(3) == 0;
		char name[32];

		snprintf(name, sizeof(name), "m%d", names++);
		if (bits)
			size = 1 + below(size);
		else
			bit = (bit + 7) & ~7U;
		bit = overlap ? 0 : bit;
		assert_int_equal(btf__add_field(btf, nameless ? "" : name, types[i], bit,
						bits ? size : 0),
				 0);
		bit += size;
		end = bit > end ? bit : end;
	}
	type = (struct btf_type *)(uintptr_t)btf__type_by_id(btf, (uint32_t)id);
	type->size = (end + 7) / 8;
}

static int add_composite(struct btf *btf, unsigned int depth)
{
	/* Numbers of which each bit counts, so that one member of a union does not spoil another. */
	static const int plain[] = { INT, U32, U64, S64, U16, U8, S8 };
	uint32_t count = 1 + below(MEMBERS_MAX);
	bool is_union = below(4) == 0;
	int types[MEMBERS_MAX], id;

	for (uint32_t i = 0; i < count; i++)
		types[i] = is_union ? plain[below(COUNT(plain))] : add_any(btf, depth + 1);
	id = is_union ? btf__add_union(btf, "u", 0) : btf__add_struct(btf, "s", 0);
	assert_true(id > 0);
	add_fields(btf, types, count, is_union);
	return id;
}

static int add_any(struct btf *btf, unsigned int depth)
{
	switch (below(depth < 4 ? 8 : 5)) {
	case 0:
		return add_enum(btf);
	case 1:
		return btf__add_array(btf, INT, CHAR, 1 + below(9));
	case 2:
		return btf__add_int(btf, "letter", 1, BTF_INT_CHAR);
	case 3:
	case 4:
		return INT + (int)below(POINTER - INT + 1);
	case 5:
		return btf__add_array(btf, INT, add_any(btf, depth + 1), below(4));
	default:
		return add_composite(btf, depth);
	}
}

/* Values: only what a type can tell apart, and zeros between the members. */

static void fill_bytes(uint8_t *at, uint32_t size)
{
	for (uint32_t i = 0; i < size; i++)
		at[i] = (uint8_t)next();
}

static void fill_float(const struct step *step, uint8_t *at)
{
	char text[NUMBER_SIZE];

	do {
		memset(at, 0, step->size);
		fill_bytes(at, step->size == 16 && LDBL_MANT_DIG == 64 ? 10 : step->size);
		number_float(step, at, text);
	} while (!strcmp(text, "null"));
}

static void fill_chars(const struct step *step, uint8_t *at)
{
	uint32_t len = below(step->array.count);

	fill_bytes(at, step->array.count);
	if (below(2)) {
		at[0] = 0x80;
		return;
	}
	for (uint32_t i = 0; i < step->array.count; i++)
		at[i] = i < len ? (uint8_t)(' ' + below(95)) : 0;
}

static void fill(const struct step *step, const struct step *end, uint8_t *base)
{
	for (; step < end; step++) {
		uint8_t *at = base + step->offset;

		switch (step->kind) {
		case STEP_ARRAY:
			for (uint32_t i = 0; i < step->array.count && !step->array.chars; i++)
				fill(step + 1, step + 1 + step->array.body,
				     at + (size_t)i * step->array.stride);
			if (step->array.chars && step->array.count)
				fill_chars(step, at);
			step += step->array.body;
			break;
		case STEP_BITS:
			number_put(step, (struct number_bits){ next(), next() }, at);
			break;
		case STEP_BOOL:
			*at = (uint8_t)below(2);
			break;
		case STEP_FLOAT:
			fill_float(step, at);
			break;
		case STEP_ENUM:
			memset(at, 0, step->size);
			fill_bytes(at, below(2) ? 1 : step->size);
			break;
		case STEP_OBJECT:
		case STEP_LIST:
		case STEP_END:
			break;
		default:
			fill_bytes(at, step->size);
		}
	}
}

static void assert_same(const struct plan *plan, enum out_form form, const uint8_t *bytes)
{
	struct buf text AUTO_BUF = BUF_EMPTY;
	auto_free uint8_t *read = malloc(plan->size ?: 1);

	render_as(form, plan, bytes, &text);
	memset(read, 0xa5, plan->size);
	fail_clear();
	if (scan(plan, buf_str(&text), read))
		fail_msg("%s: %s", fail_last()->text, buf_str(&text));
	if (memcmp(read, bytes, plan->size) != 0)
		fail_msg("other bytes from %s", buf_str(&text));
}

static void round_trips(void **unused)
{
	(void)unused;
	for (int i = 0; i < ROUNDS; i++) {
		struct btf *btf AUTO(types) = new_btf();
		uint32_t id = (uint32_t)add_any(btf, 0);
		uint32_t size = (uint32_t)btf__resolve_size(btf, id);
		struct plan *plan AUTO(plan) = plan_new(btf, id, size, NULL);
		auto_free uint8_t *bytes = calloc(1, size ?: 1);

		assert_non_null(plan);
		fill(plan->steps.v, plan->steps.v + plan->steps.n, bytes);
		assert_same(plan, OUT_JSON, bytes);
		assert_same(plan, OUT_TEXT, bytes);
	}
}

/* Whatever the text, an error or a value; the sanitizers see the rest. */
static void damaged(void **unused)
{
	static const char pieces[] = "{}[]\":,\\u0123456789abcdefx-.truefalsn \xff";

	(void)unused;
	for (int i = 0; i < ROUNDS; i++) {
		struct btf *btf AUTO(types) = new_btf();
		uint32_t id = (uint32_t)add_any(btf, 0);
		uint32_t size = (uint32_t)btf__resolve_size(btf, id);
		struct plan *plan AUTO(plan) = plan_new(btf, id, size, NULL);
		auto_free uint8_t *bytes = calloc(1, size ?: 1);
		struct buf text AUTO_BUF = BUF_EMPTY;
		auto_free char *copy = NULL;

		fill(plan->steps.v, plan->steps.v + plan->steps.n, bytes);
		render_as(OUT_JSON, plan, bytes, &text);
		for (uint32_t n = below(4); n < 4; n++)
			text.data[below((uint32_t)text.len)] = pieces[below(sizeof(pieces))];
		copy = strdup(text.data);
		fail_clear();
		if (scan(plan, copy, bytes))
			assert_true(fail_last()->text[0]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(round_trips),
		cmocka_unit_test(damaged),
	};

	return cmocka_run_group_tests_name("scan_random", tests, NULL, NULL);
}
