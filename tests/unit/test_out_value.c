// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* lib/out: each kind of value in text and in JSON. */
#include <inttypes.h>
#include <time.h>

#include "render.h"

static void numbers(struct out *out)
{
	out_array(out, NULL);
	out_gap(out, " ");
	out_uint(out, NULL, "%", 0);
	out_uint(out, NULL, "%", 10);
	out_uint(out, NULL, "%", UINT64_MAX);
	out_int(out, NULL, "%", 0);
	out_int(out, NULL, "%", -1);
	out_int(out, NULL, "%", INT64_MIN);
	out_int(out, NULL, "%", INT64_MAX);
	out_end(out);
}

static void test_numbers(void **state)
{
	(void)state;
	assert_renders(numbers,
		       "0 10 18446744073709551615 0 -1 -9223372036854775808 9223372036854775807\n",
		       "[0,10,18446744073709551615,0,-1,-9223372036854775808,"
		       "9223372036854775807]\n",
		       "[0,10,18446744073709551615,0,-1,-9223372036854775808,"
		       "9223372036854775807\n]\n");
}

static struct buf *expected_numbers;

static void emit_number(struct out *out, uint64_t value)
{
	out_uint(out, NULL, "%", value);
	out_line(out);
	buf_printf(expected_numbers, "%" PRIu64 "\n", value);
}

/* Around every power of two and of ten, where a digit is added. */
static void boundaries(struct out *out)
{
	uint64_t ten = 1;

	for (unsigned int power = 0; power < 64; power++, ten *= power < 20 ? 10 : 1) {
		for (int around = -1; around <= 1; around++) {
			emit_number(out, (1ULL << power) + (uint64_t)around);
			emit_number(out, ten + (uint64_t)around);
		}
	}
}

static void test_every_length_of_number(void **state)
{
	struct buf expected AUTO_BUF = BUF_EMPTY, written AUTO_BUF = BUF_EMPTY;

	(void)state;
	expected_numbers = &expected;
	render(boundaries, OUT_TEXT, &written);
	assert_string_equal(buf_str(&written), buf_str(&expected));
}

static void hexadecimal(struct out *out)
{
	out_array(out, NULL);
	out_gap(out, " ");
	out_hex(out, NULL, "%", 0);
	out_hex(out, NULL, "flags %", 0x1f);
	out_hex(out, NULL, "%", UINT64_MAX);
	out_hexstr(out, NULL, "%", 0);
	out_hexstr(out, NULL, "%:", 0xabcdef);
	out_hexstr(out, NULL, "%", UINT64_MAX);
	out_end(out);
}

static void test_hexadecimal(void **state)
{
	(void)state;
	assert_form(hexadecimal, OUT_TEXT,
		    "0x0 flags 0x1f 0xffffffffffffffff 0x0 0xabcdef: 0xffffffffffffffff\n");
	assert_form(hexadecimal, OUT_JSON,
		    "[0,31,18446744073709551615,\"0x0\",\"0xabcdef\",\"0xffffffffffffffff\"]\n");
}

static void pointers(struct out *out)
{
	out_array(out, NULL);
	out_pointer(out, NULL, "%", 0);
	out_pointer(out, NULL, "%", 0xbeef);
	out_end(out);
}

static void test_pointers(void **state)
{
	(void)state;
	assert_renders(pointers, "(nil)  0xbeef\n", "[0,48879]\n", "[0,48879\n]\n");
}

static void truths(struct out *out)
{
	out_object(out, NULL);
	out_bool(out, "a", "a %", true);
	out_bool(out, "b", "b %", false);
	out_flag(out, "c", "c", true);
	out_flag(out, "d", "d", false);
	out_flag(out, "e", NULL, true);
	out_token(out, "f", "%", "null");
	out_token(out, "g", "%", "-1.5e+300");
	out_end(out);
}

static void test_truths_and_tokens(void **state)
{
	(void)state;
	assert_renders(truths, "a true  b false  c  null  -1.5e+300\n",
		       "{\"a\":true,\"b\":false,\"c\":true,\"d\":false,\"e\":true,\"f\":null,"
		       "\"g\":-1.5e+300}\n",
		       "{\n"
		       "    \"a\": true,\n"
		       "    \"b\": false,\n"
		       "    \"c\": true,\n"
		       "    \"d\": false,\n"
		       "    \"e\": true,\n"
		       "    \"f\": null,\n"
		       "    \"g\": -1.5e+300\n"
		       "}\n");
}

static void templates(struct out *out)
{
	out_object(out, NULL);
	out_str(out, "a", "<%> 100", "x");
	out_str(out, "b", "%%", "50");
	out_str(out, "c", "%", "%s%n");
	out_end(out);
}

/* One '%' is the value; what a value contains is never taken for a template. */
static void test_templates(void **state)
{
	(void)state;
	assert_form(templates, OUT_TEXT, "<x> 100  50%  %s%n\n");
	assert_form(templates, OUT_JSON, "{\"a\":\"x\",\"b\":\"50\",\"c\":\"%s%n\"}\n");
}

static void times(struct out *out)
{
	out_array(out, NULL);
	out_time(out, NULL, "%", 0);
	out_time(out, NULL, "at %", 1795361572);
	out_time(out, NULL, "%", (uint64_t)INT64_MAX);
	out_end(out);
}

static void test_times(void **state)
{
	(void)state;
	setenv("TZ", "UTC", 1);
	tzset();
	assert_form(times, OUT_TEXT,
		    "1970-01-01T00:00:00+0000  at 2026-11-22T15:32:52+0000  9223372036854775807\n");
	assert_form(times, OUT_JSON, "[0,1795361572,9223372036854775807]\n");
	setenv("TZ", "IST-5:30", 1);
	tzset();
	assert_form(times, OUT_TEXT,
		    "1970-01-01T05:30:00+0530  at 2026-11-22T21:02:52+0530  9223372036854775807\n");
}

static size_t bytes_len;

static void some_bytes(struct out *out)
{
	uint8_t bytes[300];

	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)(i * 7);
	out_object(out, NULL);
	out_bytes(out, "b", "b: %", bytes, bytes_len);
	out_uint(out, "n", "n %", 1);
	out_end(out);
}

/* The rule in its plainest words, to compare with. */
static void expect_bytes(struct buf *text, struct buf *json)
{
	buf_addstr(text, "b: ");
	buf_addstr(json, "{\"b\":[");
	for (size_t i = 0; i < bytes_len; i++) {
		if (i)
			buf_addstr(text, i % 16 == 0 ? "\n" : i % 8 == 0 ? "  " : " ");
		buf_printf(text, "%02zx", i * 7 & 0xff);
		buf_printf(json, "%s\"0x%02zx\"", i ? "," : "", i * 7 & 0xff);
	}
	buf_addstr(text, "  n 1\n");
	buf_addstr(json, "],\"n\":1}\n");
}

static void test_bytes(void **state)
{
	static const size_t sizes[] = {
		0, 1, 2, 7, 8, 9, 15, 16, 17, 31, 32, 33, 255, 256, 257, 300
	};

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		struct buf text AUTO_BUF = BUF_EMPTY, json AUTO_BUF = BUF_EMPTY;

		bytes_len = sizes[i];
		expect_bytes(&text, &json);
		assert_form(some_bytes, OUT_TEXT, buf_str(&text));
		assert_form(some_bytes, OUT_JSON, buf_str(&json));
	}
}

static void test_bytes_in_words(void **state)
{
	(void)state;
	bytes_len = 9;
	assert_form(some_bytes, OUT_TEXT, "b: 00 07 0e 15 1c 23 2a 31  38  n 1\n");
	bytes_len = 17;
	assert_form(some_bytes, OUT_TEXT,
		    "b: 00 07 0e 15 1c 23 2a 31  38 3f 46 4d 54 5b 62 69\n70  n 1\n");
	bytes_len = 2;
	assert_form(some_bytes, OUT_PRETTY,
		    "{\n    \"b\": [\"0x00\",\"0x07\"\n    ],\n    \"n\": 1\n}\n");
	bytes_len = 0;
	assert_form(some_bytes, OUT_PRETTY, "{\n    \"b\": [],\n    \"n\": 1\n}\n");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_every_length_of_number),
		cmocka_unit_test(test_hexadecimal),
		cmocka_unit_test(test_pointers),
		cmocka_unit_test(test_truths_and_tokens),
		cmocka_unit_test(test_templates),
		cmocka_unit_test(test_times),
		cmocka_unit_test(test_bytes),
		cmocka_unit_test(test_bytes_in_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
