// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* lib/base/text: what is fit to be shown, escaping of the rest, and typing slips. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"

#include <cmocka.h>

static void assert_escaped(const char *bytes, size_t len, const char *expected)
{
	struct buf escaped AUTO_BUF = BUF_EMPTY;

	text_escape(&escaped, bytes, len);
	assert_string_equal(buf_str(&escaped), expected);
	assert_int_equal(escaped.len, strlen(expected));
}

#define ASSERT_ESCAPED(literal, expected) assert_escaped(literal, sizeof(literal) - 1, expected)

static void test_shown_as_it_is(void **state)
{
	static const char *const texts[] = {
		"",           " ",      "eth0",       "~",      "a\\b\"c'", "é",
		"€",          "日本",   "\U0001f41d", "\u00a0", "\u0800",   "\U00010000",
		"\U0010ffff", "\ue000", "\ud7ff",     "\u200d", "\u2027",   "\u202f",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		assert_escaped(texts[i], strlen(texts[i]), texts[i]);
}

static void test_control_characters(void **state)
{
	(void)state;
	ASSERT_ESCAPED("a\0b", "a\\x00b");
	ASSERT_ESCAPED("\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m");
	ASSERT_ESCAPED("\a\b\t\n\v\f\r", "\\x07\\x08\\x09\\x0a\\x0b\\x0c\\x0d");
	ASSERT_ESCAPED("\x1f\x7f", "\\x1f\\x7f");
	/* U+0080, U+009B (CSI) and U+009F: C1, which some terminals obey. */
	ASSERT_ESCAPED("\xc2\x80", "\\xc2\\x80");
	ASSERT_ESCAPED("\xc2\x9b"
		       "31m",
		       "\\xc2\\x9b31m");
	ASSERT_ESCAPED("\xc2\x9f", "\\xc2\\x9f");
}

static void test_characters_that_reorder(void **state)
{
	static const struct {
		const char *bytes, *shown;
	} cases[] = {
		{ "\u061c", "\\xd8\\x9c" },      { "\u200e", "\\xe2\\x80\\x8e" },
		{ "\u200f", "\\xe2\\x80\\x8f" }, { "\u2028", "\\xe2\\x80\\xa8" },
		{ "\u2029", "\\xe2\\x80\\xa9" }, { "\u202a", "\\xe2\\x80\\xaa" },
		{ "\u202e", "\\xe2\\x80\\xae" }, { "\u2066", "\\xe2\\x81\\xa6" },
		{ "\u2069", "\\xe2\\x81\\xa9" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_escaped(cases[i].bytes, strlen(cases[i].bytes), cases[i].shown);
}

static void test_bad_utf8(void **state)
{
	(void)state;
	ASSERT_ESCAPED("\x80", "\\x80");
	ASSERT_ESCAPED("\xbf", "\\xbf");
	ASSERT_ESCAPED("a\xffz", "a\\xffz");
	ASSERT_ESCAPED("\xfe", "\\xfe");
	ASSERT_ESCAPED("\xe9t\xe9", "\\xe9t\\xe9");
	/* Cut short, by the end or by another character. */
	ASSERT_ESCAPED("\xc3", "\\xc3");
	ASSERT_ESCAPED("\xe2\x82", "\\xe2\\x82");
	ASSERT_ESCAPED("\xf0\x9f\x90", "\\xf0\\x9f\\x90");
	ASSERT_ESCAPED("\xe2\x82!", "\\xe2\\x82!");
	ASSERT_ESCAPED("\xe2\xc3\xa9", "\\xe2é");
	/* Longer than they need be: '/', NUL, U+07FF, U+FFFF. */
	ASSERT_ESCAPED("\xc0\xaf", "\\xc0\\xaf");
	ASSERT_ESCAPED("\xc0\x80", "\\xc0\\x80");
	ASSERT_ESCAPED("\xe0\x9f\xbf", "\\xe0\\x9f\\xbf");
	ASSERT_ESCAPED("\xf0\x8f\xbf\xbf", "\\xf0\\x8f\\xbf\\xbf");
	/* Surrogates, and what is above U+10FFFF. */
	ASSERT_ESCAPED("\xed\xa0\x80", "\\xed\\xa0\\x80");
	ASSERT_ESCAPED("\xed\xbf\xbf", "\\xed\\xbf\\xbf");
	ASSERT_ESCAPED("\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80");
	ASSERT_ESCAPED("\xf5\x80\x80\x80", "\\xf5\\x80\\x80\\x80");
}

static void test_decode(void **state)
{
	uint32_t code;

	(void)state;
	assert_int_equal(text_decode("", 0, &code), 0);
	assert_int_equal(text_decode("\0", 1, &code), 1);
	assert_int_equal(code, 0);
	assert_int_equal(text_decode("\xc2\x80", 2, &code), 2);
	assert_int_equal(code, 0x80);
	assert_int_equal(text_decode("\xdf\xbf", 2, &code), 2);
	assert_int_equal(code, 0x7ff);
	assert_int_equal(text_decode("\u202e", 3, &code), 3);
	assert_int_equal(code, 0x202e);
	assert_int_equal(text_decode("\U0010ffff", 4, &code), 4);
	assert_int_equal(code, 0x10ffff);
	assert_int_equal(text_decode("\u202e", 2, &code), 0);
	assert_int_equal(text_printable("", 0), 0);
}

static size_t encode(uint32_t code, char bytes[4])
{
	size_t len = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;

	for (size_t i = len; i > 1; i--, code >>= 6)
		bytes[i - 1] = (char)(0x80 | (code & 0x3f));
	bytes[0] = (char)(len == 1 ? code : (0xf00U >> len | code));
	return len;
}

static void test_every_character(void **state)
{
	(void)state;
	for (uint32_t code = 0; code < 0x200000; code++) {
		bool legal = code < 0x110000 && (code < 0xd800 || code > 0xdfff);
		uint32_t decoded = 0;
		char bytes[4];
		size_t len = encode(code, bytes), used = text_decode(bytes, len, &decoded);

		assert_int_equal(used, legal ? len : 0);
		if (legal)
			assert_int_equal(decoded, code);
	}
}

/* Whatever comes in: what goes out is printable all through. */
static void test_random_bytes(void **state)
{
	struct buf escaped AUTO_BUF = BUF_EMPTY;

	(void)state;
	srandom(1);
	for (int round = 0; round < 20000; round++) {
		size_t len = (size_t)random() % 40;
		char bytes[40];

		for (size_t i = 0; i < len; i++)
			bytes[i] = (char)random();
		buf_clear(&escaped);
		text_escape(&escaped, bytes, len);
		for (size_t at = 0; at < escaped.len;) {
			size_t used = text_printable(escaped.data + at, escaped.len - at);

			assert_int_not_equal(used, 0);
			at += used;
		}
	}
}

static void test_starts(void **state)
{
	(void)state;
	assert_true(text_starts("prog", "prog"));
	assert_true(text_starts("prog", "p"));
	assert_true(text_starts("prog", ""));
	assert_false(text_starts("prog", "progs"));
	assert_false(text_starts("", "p"));
	assert_false(text_starts("prog", "rog"));
}

static void test_distance(void **state)
{
	char longest[65];

	(void)state;
	assert_int_equal(text_distance("", ""), 0);
	assert_int_equal(text_distance("", "abc"), 3);
	assert_int_equal(text_distance("abc", ""), 3);
	assert_int_equal(text_distance("list", "list"), 0);
	assert_int_equal(text_distance("lst", "list"), 1);
	assert_int_equal(text_distance("lisst", "list"), 1);
	assert_int_equal(text_distance("lost", "list"), 1);
	assert_int_equal(text_distance("lsit", "list"), 1);
	assert_int_equal(text_distance("kitten", "sitting"), 3);
	assert_int_equal(text_distance("ca", "abc"), 3);
	memset(longest, 'x', sizeof(longest));
	longest[64] = '\0';
	assert_int_equal(text_distance(longest, "x"), SIZE_MAX);
	assert_int_equal(text_distance("x", longest), SIZE_MAX);
	longest[63] = '\0';
	assert_int_equal(text_distance(longest, "x"), 62);
	assert_int_equal(text_distance(longest, longest), 0);
}

static void test_near(void **state)
{
	(void)state;
	assert_true(text_near("lst", "list"));
	assert_true(text_near("lsit", "list"));
	assert_true(text_near("attahc", "attach"));
	assert_true(text_near("vetho", "veth0"));
	assert_true(text_near("unlaod", "unload"));
	assert_true(text_near("id", "id"));
	assert_false(text_near("il", "id"));
	assert_false(text_near("lst", "lisst"));
	assert_false(text_near("bogus", "list"));
	assert_false(text_near("", "a"));
	assert_false(text_near("", ""));
	assert_false(text_near("progra", "map"));
	/* Two changes of a word of two letters leave nothing of it. */
	assert_false(text_near("abcdef", "xy"));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_shown_as_it_is),
		cmocka_unit_test(test_control_characters),
		cmocka_unit_test(test_characters_that_reorder),
		cmocka_unit_test(test_bad_utf8),
		cmocka_unit_test(test_decode),
		cmocka_unit_test(test_every_character),
		cmocka_unit_test(test_random_bytes),
		cmocka_unit_test(test_starts),
		cmocka_unit_test(test_distance),
		cmocka_unit_test(test_near),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
