// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* lib/base/num: which words are numbers, and what is said of the others. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h" /* before cmocka.h, which defines a macro fail() */
#include "base/num.h"

#include <cmocka.h>

#define UNTOUCHED 0x5555555555555555U

static void assert_number(const char *word, uint64_t max, uint64_t expected)
{
	uint64_t value = UNTOUCHED;

	assert_int_equal(num_read(word, max, &value), 0);
	assert_int_equal(value, expected);
}

static void assert_refused(const char *word, uint64_t max, int err)
{
	uint64_t value = UNTOUCHED;

	assert_int_equal(num_read(word, max, &value), err);
	assert_int_equal(value, UNTOUCHED);
}

static void test_decimal(void **state)
{
	(void)state;
	assert_number("0", 0, 0);
	assert_number("0", UINT64_MAX, 0);
	assert_number("9", 9, 9);
	assert_number("10", 10, 10);
	assert_number("255", 255, 255);
	assert_number("4294967295", UINT32_MAX, UINT32_MAX);
	assert_number("18446744073709551615", UINT64_MAX, UINT64_MAX);
}

static void test_hexadecimal(void **state)
{
	(void)state;
	assert_number("0x0", 0, 0);
	assert_number("0xff", 255, 255);
	assert_number("0XfF", 255, 255);
	assert_number("0x000000000000000000000000ff", 255, 255);
	assert_number("0xffffffffffffffff", UINT64_MAX, UINT64_MAX);
	assert_number("0xAbCdEf0123456789", UINT64_MAX, 0xabcdef0123456789);
}

static void test_zeros_in_front(void **state)
{
	(void)state;
	assert_number("00", 10, 0);
	assert_number("0000000000000000000000000000000000000000", 10, 0);
	assert_number("07", 10, 7);
	assert_number("08", 10, 8);
	assert_number("0009", 10, 9);
	assert_refused("010", 100, -EINVAL);
	assert_refused("0010", 100, -EINVAL);
	assert_refused("089", 100, -EINVAL);
}

static void test_out_of_range(void **state)
{
	(void)state;
	assert_refused("1", 0, -ERANGE);
	assert_refused("256", 255, -ERANGE);
	assert_refused("0x100", 255, -ERANGE);
	assert_refused("4294967296", UINT32_MAX, -ERANGE);
	assert_refused("4294967807", UINT32_MAX, -ERANGE);
	assert_refused("18446744073709551616", UINT64_MAX, -ERANGE);
	assert_refused("18446744073709551625", UINT64_MAX, -ERANGE);
	assert_refused("0x10000000000000000", UINT64_MAX, -ERANGE);
	assert_refused("99999999999999999999999999999999999999999", UINT64_MAX, -ERANGE);
}

static void test_no_numbers(void **state)
{
	static const char *const words[] = {
		"",    " ",   "x",        "0x",   "0X",   "0x1g",  "0xg", "x1",
		"-1",  "-0",  "+1",       " 1",   "1 ",   "1\n",   "1_0", "1,000",
		"1.0", "1e3", "1k",       "0x-1", "0x 1", "0x0x1", "0b1", "0o7",
		"1;",  "1/2", "\xd9\xa1", "a",    "f",    "1\t",   "0xé", "10-20",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		assert_refused(words[i], UINT64_MAX, -EINVAL);
}

static void assert_message(const char *word, uint64_t max, int err, const char *message)
{
	uint64_t value = UNTOUCHED;

	fail_clear();
	assert_int_equal(num_parse("id", word, max, &value), err);
	assert_int_equal(value, UNTOUCHED);
	assert_string_equal(fail_last()->text, message);
	assert_string_equal(fail_last()->hint, "");
	assert_int_equal(fail_last()->status, STATUS_FAILED);
}

static void test_messages(void **state)
{
	(void)state;
	assert_message("4294967296", UINT32_MAX, -ERANGE,
		       "id '4294967296' is not a number from 0 to 4294967295");
	assert_message("", UINT32_MAX, -EINVAL, "id '' is not a number from 0 to 4294967295");
	assert_message("-1", 255, -EINVAL, "id '-1' is not a number from 0 to 255");
	assert_message("010", 255, -EINVAL,
		       "id '010' could mean octal; write it without the leading zero");
	assert_message("0x1g", 255, -EINVAL, "id '0x1g' is not a number from 0 to 255");
	assert_message("01:02", 255, -EINVAL, "id '01:02' is not a number from 0 to 255");
	assert_message("18446744073709551616", UINT64_MAX, -ERANGE,
		       "id '18446744073709551616' is not a number from 0 to 18446744073709551615");
}

static void test_parse_records_nothing_on_success(void **state)
{
	uint64_t value;

	(void)state;
	fail_clear();
	assert_int_equal(num_parse("id", "7", 7, &value), 0);
	assert_int_equal(value, 7);
	assert_int_equal(fail_last()->err, 0);
}

static void test_hex_digit(void **state)
{
	static const char digits[] = "0123456789abcdef";

	(void)state;
	for (int c = -128; c < 256; c++) {
		const char *at =
			c > 0 && c < 128 ? strchr(digits, c | (c >= 'A' ? 0x20 : 0)) : NULL;

		assert_int_equal(num_hex_digit((char)c), at ? at - digits : -1);
	}
}

/* What strtoull() reads and the whole word is made of digits is read here, and the same. */
static void test_against_strtoull(void **state)
{
	static const char letters[] = "00012345678999xXaf-+ ";

	(void)state;
	srandom(1);
	for (int round = 0; round < 200000; round++) {
		size_t len = (size_t)random() % 24;
		uint64_t value = UNTOUCHED, wanted;
		char word[24] = "";
		int err;

		for (size_t i = 0; i < len; i++)
			word[i] = letters[(size_t)random() % (sizeof(letters) - 1)];
		err = num_read(word, UINT64_MAX, &value);
		if (err) {
			assert_int_equal(value, UNTOUCHED);
			continue;
		}
		errno = 0;
		wanted = strtoull(word, NULL, word[0] == '0' && (word[1] | 0x20) == 'x' ? 16 : 10);
		assert_int_equal(errno, 0);
		assert_int_equal(value, wanted);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_decimal),
		cmocka_unit_test(test_hexadecimal),
		cmocka_unit_test(test_zeros_in_front),
		cmocka_unit_test(test_out_of_range),
		cmocka_unit_test(test_no_numbers),
		cmocka_unit_test(test_messages),
		cmocka_unit_test(test_parse_records_nothing_on_success),
		cmocka_unit_test(test_hex_digit),
		cmocka_unit_test(test_against_strtoull),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
