// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* lib/obj/key: order of objects, and the look-up in sorted tables of facts about them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "obj/key.h"

#include <cmocka.h>

struct row {
	struct obj_key key;
	int fact;
};

static int sign(struct obj_key left, struct obj_key right)
{
	int order = obj_key_compare(&left, &right);

	return (order > 0) - (order < 0);
}

static void test_order(void **state)
{
	static const struct obj_key ascending[] = {
		{ OBJ_PROG, 0 }, { OBJ_PROG, 1 },         { OBJ_PROG, UINT32_MAX },
		{ OBJ_MAP, 0 },  { OBJ_MAP, 7 },          { OBJ_LINK, 1 },
		{ OBJ_BTF, 1 },  { OBJ_BTF, 0x80000000 }, { OBJ_BTF, UINT32_MAX },
	};
	const int count = sizeof(ascending) / sizeof(*ascending);

	(void)state;
	for (int i = 0; i < count; i++) {
		for (int j = 0; j < count; j++)
			assert_int_equal(sign(ascending[i], ascending[j]), (i > j) - (i < j));
	}
}

static void assert_finds(const struct row *rows, size_t n, struct obj_key key, size_t wanted,
			 int fact)
{
	size_t count = 99;
	const struct row *row = obj_key_find(rows, n, sizeof(*rows), key, &count);

	assert_int_equal(count, wanted);
	assert_int_equal(row != NULL, wanted != 0);
	if (row)
		assert_int_equal(row->fact, fact);
}

static void test_find(void **state)
{
	static const struct row rows[] = {
		{ { OBJ_PROG, 2 }, 10 }, { { OBJ_PROG, 2 }, 11 }, { { OBJ_PROG, 5 }, 12 },
		{ { OBJ_MAP, 2 }, 13 },  { { OBJ_MAP, 3 }, 14 },  { { OBJ_MAP, 3 }, 15 },
		{ { OBJ_MAP, 3 }, 16 },  { { OBJ_BTF, 1 }, 17 },
	};

	(void)state;
	assert_finds(rows, 8, (struct obj_key){ OBJ_PROG, 2 }, 2, 10);
	assert_finds(rows, 8, (struct obj_key){ OBJ_PROG, 5 }, 1, 12);
	assert_finds(rows, 8, (struct obj_key){ OBJ_MAP, 2 }, 1, 13);
	assert_finds(rows, 8, (struct obj_key){ OBJ_MAP, 3 }, 3, 14);
	assert_finds(rows, 8, (struct obj_key){ OBJ_BTF, 1 }, 1, 17);
	assert_finds(rows, 8, (struct obj_key){ OBJ_PROG, 1 }, 0, 0);
	assert_finds(rows, 8, (struct obj_key){ OBJ_PROG, 3 }, 0, 0);
	assert_finds(rows, 8, (struct obj_key){ OBJ_LINK, 2 }, 0, 0);
	assert_finds(rows, 8, (struct obj_key){ OBJ_BTF, 2 }, 0, 0);
	assert_finds(rows, 7, (struct obj_key){ OBJ_BTF, 1 }, 0, 0);
	assert_finds(rows, 6, (struct obj_key){ OBJ_MAP, 3 }, 2, 14);
	assert_finds(NULL, 0, (struct obj_key){ OBJ_PROG, 1 }, 0, 0);
}

static int by_key(const void *left, const void *right)
{
	return obj_key_compare(&((const struct row *)left)->key, &((const struct row *)right)->key);
}

/* Against a plain count, over tables of every size. */
static void test_random_tables(void **state)
{
	(void)state;
	srandom(1);
	for (size_t n = 1; n < 64; n++) {
		struct row rows[64];

		for (size_t i = 0; i < n; i++)
			rows[i].key = (struct obj_key){ (enum obj_kind)(random() % OBJ_KINDS),
							(uint32_t)random() % 8 };
		qsort(rows, n, sizeof(*rows), by_key);
		for (size_t i = 0; i < n; i++)
			rows[i].fact = (int)i;
		for (uint32_t id = 0; id < 9; id++) {
			struct obj_key key = { OBJ_MAP, id };
			size_t first = n, count = 0;

			for (size_t i = n; i > 0; i--) {
				if (obj_key_compare(&rows[i - 1].key, &key))
					continue;
				first = i - 1;
				count++;
			}
			assert_finds(rows, n, key, count, (int)first);
		}
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_random_tables),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
