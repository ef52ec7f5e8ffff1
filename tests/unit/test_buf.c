// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* lib/base/buf and vec: growth, and what is left when there is no memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h" /* before cmocka.h, which defines a macro fail() */
#include "base/vec.h"

#include <cmocka.h>

static void test_empty(void **state)
{
	struct buf buf AUTO_BUF = BUF_EMPTY;

	(void)state;
	assert_string_equal(buf_str(&buf), "");
	buf_clear(&buf);
	buf_add(&buf, "", 0);
	buf_addstr(&buf, "");
	buf_printf(&buf, "%s", "");
	assert_int_equal(buf.len, 0);
	assert_int_equal(buf_err(&buf), 0);
}

static void test_contents(void **state)
{
	struct buf buf AUTO_BUF = BUF_EMPTY;

	(void)state;
	buf_addstr(&buf, "prog");
	buf_addch(&buf, ' ');
	buf_printf(&buf, "%d%%", 42);
	assert_string_equal(buf_str(&buf), "prog 42%");
	assert_int_equal(buf.len, 8);
	buf_add(&buf, "\0x", 2);
	assert_int_equal(buf.len, 10);
	assert_memory_equal(buf.data, "prog 42%\0x", 11);
	buf_clear(&buf);
	assert_string_equal(buf_str(&buf), "");
	buf_addch(&buf, 'z');
	assert_string_equal(buf_str(&buf), "z");
}

/* A byte at a time and in pieces, over every size at which it has to grow. */
static void test_growth(void **state)
{
	struct buf bytes AUTO_BUF = BUF_EMPTY, prints AUTO_BUF = BUF_EMPTY;

	(void)state;
	for (int i = 0; i < 10000; i++) {
		buf_addch(&bytes, (char)('a' + i % 26));
		buf_printf(&prints, "%c", 'a' + i % 26);
		assert_int_equal(bytes.len, i + 1);
		assert_int_equal(bytes.data[i + 1], 0);
		assert_true(bytes.cap > bytes.len);
	}
	assert_string_equal(buf_str(&bytes), buf_str(&prints));
	for (int i = 0; i < 10000; i++)
		assert_int_equal(bytes.data[i], 'a' + i % 26);
}

static void test_reserve(void **state)
{
	struct buf buf AUTO_BUF = BUF_EMPTY;
	const char *data;

	(void)state;
	buf_addstr(&buf, "abc");
	assert_true(buf_reserve(&buf, 5000));
	assert_true(buf.cap >= 5004);
	assert_string_equal(buf.data, "abc");
	data = buf.data;
	memset(buf.data + buf.len, 'x', 5000);
	buf.len += 5000;
	buf.data[buf.len] = '\0';
	assert_true(buf_reserve(&buf, 0));
	assert_ptr_equal(buf.data, data);
}

static void test_no_memory(void **state)
{
	static const size_t sizes[] = { SIZE_MAX, SIZE_MAX - 4, (size_t)PTRDIFF_MAX + 1,
					PTRDIFF_MAX, PTRDIFF_MAX - 4 };

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		struct buf buf AUTO_BUF = BUF_EMPTY;

		buf_addstr(&buf, "kept");
		assert_false(buf_reserve(&buf, sizes[i]));
		assert_false(buf_reserve(&buf, 1));
		buf_addstr(&buf, "lost");
		buf_printf(&buf, "%d", 1);
		assert_string_equal(buf_str(&buf), "kept");
		assert_int_equal(buf_err(&buf), -ENOMEM);
		assert_non_null(strstr(fail_last()->text, "(ENOMEM)"));
	}
}

struct pair {
	int a;
	char b;
};
struct pairs VEC(struct pair);
struct numbers VEC(uint64_t);

static void test_vec(void **state)
{
	struct numbers numbers = { 0 };
	uint64_t expected = 0;

	(void)state;
	vec_each (number, &numbers)
		assert_null(number);
	for (uint64_t i = 0; i < 1000; i++) {
		assert_int_equal(vec_push(&numbers, i * i), 0);
		assert_int_equal(numbers.n, i + 1);
		assert_true(numbers.cap >= numbers.n);
	}
	vec_each (number, &numbers) {
		assert_int_equal(*number, expected * expected);
		expected++;
	}
	assert_int_equal(expected, 1000);
	vec_free(&numbers);
	assert_null(numbers.v);
	assert_int_equal(numbers.n + numbers.cap, 0);
	vec_free(&numbers);
}

static void test_vec_of_structs(void **state)
{
	struct pairs pairs = { 0 };
	const struct pair second = { 2, 'y' };

	(void)state;
	assert_int_equal(vec_push(&pairs, { .a = 1, .b = 'x' }), 0);
	assert_int_equal(vec_push(&pairs, second), 0);
	assert_int_equal(pairs.v[0].a, 1);
	assert_int_equal(pairs.v[0].b, 'x');
	assert_int_equal(pairs.v[1].a, 2);
	assert_int_equal(pairs.v[1].b, 'y');
	vec_free(&pairs);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_empty),  cmocka_unit_test(test_contents),
		cmocka_unit_test(test_growth), cmocka_unit_test(test_reserve),
		  cmocka_unit_test(test_no_memory),
		cmocka_unit_test(test_vec),    cmocka_unit_test(test_vec_of_structs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
