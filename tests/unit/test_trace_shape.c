// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* lib/trace/shape: which messages a format can have made; and the filter that asks it. */
#include <regex.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h" /* before cmocka.h, which defines a macro fail() */
#include "trace/filter.h"
#include "trace/page.h"
#include "trace/shape.h"

#include <cmocka.h>

static void assert_regex(const char *format, const char *expected)
{
	struct trace_shapes shapes AUTO_TRACE_SHAPES = { 0 };
	struct buf regex AUTO_BUF = BUF_EMPTY;

	assert_int_equal(trace_shapes_add(&shapes, format), 0);
	assert_int_equal(shapes.n, 1);
	trace_shapes_regex(&shapes, &regex);
	assert_int_equal(buf_err(&regex), 0);
	assert_string_equal(buf_str(&regex), expected);
}

static void test_regular_expressions(void **state)
{
	(void)state;
	assert_regex("Hello World %d", "^(Hello World [-+ 0-9]+)$");
	assert_regex("100%% %5lu|%-08llx\n\n", "^(100% [+ 0-9]+\\|[ 0-9a-fA-FxX]+)$");
	assert_regex("%s%c%pks%pI4%px%p.", "^(.* *. *.*.*.*.*\\.)$");
	assert_regex("%pK%pB%ps%pus%pi6x", "^(.*.*.*.*.*x)$");
	assert_regex("a\tb^$.[]()*+?{}|\\", "^(a\tb\\^\\$\\.\\[\\]\\(\\)\\*\\+\\?\\{\\}\\|\\\\)$");
	assert_regex("\n", "^()$");
}

/* What bpf_printk() would have refused was never printed. */
static void test_no_formats(void **state)
{
	static const char *const none[] = { "",         "%",    "a%", "%q", "%lq", "\x01",
					    "\xc3\xa4", "\x7f", "%l", "%5", "%%%", "\x1b[0m" };
	struct trace_shapes shapes AUTO_TRACE_SHAPES = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(none) / sizeof(*none); i++)
		assert_int_equal(trace_shapes_add(&shapes, none[i]), 0);
	assert_int_equal(shapes.n, 0);
}

static void test_each_format_once(void **state)
{
	struct trace_shapes shapes AUTO_TRACE_SHAPES = { 0 };
	struct buf regex AUTO_BUF = BUF_EMPTY;

	(void)state;
	assert_int_equal(trace_shapes_add(&shapes, "a%d"), 0);
	assert_int_equal(trace_shapes_add(&shapes, "b"), 0);
	assert_int_equal(trace_shapes_add(&shapes, "a%d"), 0);
	assert_int_equal(shapes.n, 2);
	trace_shapes_regex(&shapes, &regex);
	assert_string_equal(buf_str(&regex), "^(a[-+ 0-9]+|b)$");
}

static bool passes(const char *format, const char *message)
{
	struct trace_shapes shapes AUTO_TRACE_SHAPES = { 0 };
	struct trace_filter filter AUTO_TRACE_FILTER = { .shapes = &shapes };
	const struct trace_record record = { .message = message, .len = strlen(message) };

	assert_int_equal(trace_shapes_add(&shapes, format), 0);
	assert_int_equal(trace_filter_open(&filter), 0);
	assert_false(trace_filter_is_empty(&filter));
	return trace_filter_passes(&filter, &record);
}

static void test_what_passes(void **state)
{
	(void)state;
	assert_true(passes("Hello World %d", "Hello World 12"));
	assert_true(passes("Hello World %d", "Hello World -1\n"));
	assert_true(passes("Hello World %d\n", "Hello World 0\n"));
	assert_false(passes("Hello World %d", "Hello World x"));
	assert_false(passes("Hello World %d", "Hello World "));
	assert_false(passes("Hello World %d", "say Hello World 1"));
	assert_false(passes("Hello World %d", "Hello World 1 again"));
	assert_true(passes("%s: %8x", "a: b\nc:     00ff"));
	assert_false(passes("%s: %x", "a: -1"));
	assert_true(passes("two\nlines", "two\nlines\n"));
	assert_false(passes("two\nlines", "lines"));
	assert_true(passes("[%3c]", "[  x]"));
	assert_true(passes("[%-3c]", "[x  ]"));
	assert_false(passes("[%c]", "[xy]"));
	assert_true(passes("a.c", "a.c"));
	assert_false(passes("a.c", "abc"));
}

/* The kernel cuts a message after 1023 bytes. */
static void test_what_may_have_been_cut_passes(void **state)
{
	char message[1024];

	(void)state;
	memset(message, 'm', sizeof(message) - 1);
	message[sizeof(message) - 1] = '\0';
	assert_true(passes("other", message));
	message[sizeof(message) - 2] = '\0';
	assert_false(passes("other", message));
}

static void assert_written(const char *const *formats, const char *expected)
{
	struct trace_shapes shapes AUTO_TRACE_SHAPES = { 0 };
	const struct trace_filter filter = { .shapes = &shapes };
	struct buf text AUTO_BUF = BUF_EMPTY;

	for (; *formats; formats++)
		assert_int_equal(trace_shapes_add(&shapes, *formats), 0);
	trace_filter_write(&filter, &text);
	assert_string_equal(buf_str(&text), expected);
}

/* The beginning of the message, as far as it is fixed and of harmless bytes. */
static void test_what_the_kernel_is_told(void **state)
{
	char long_one[300];
	char expected[300];

	(void)state;
	assert_written((const char *[]){ "Hello %d World", NULL }, "(bpf_string ~ \"Hello *\")");
	assert_written((const char *[]){ "7 *\"'\\[!\n", "b", NULL },
		       "(bpf_string ~ \"? ??????*\" || bpf_string ~ \"b*\")");
	assert_written((const char *[]){ "Hello", "%s", NULL }, "");
	memset(long_one, 'l', sizeof(long_one) - 1);
	long_one[sizeof(long_one) - 1] = '\0';
	snprintf(expected, sizeof(expected), "(bpf_string ~ \"%.249s*\")", long_one);
	assert_written((const char *[]){ long_one, NULL }, expected);
}

static void test_many_formats_are_not_told(void **state)
{
	struct trace_shapes shapes AUTO_TRACE_SHAPES = { 0 };
	const struct trace_filter filter = { .by_pid = true, .pid = 7, .shapes = &shapes };
	struct buf text AUTO_BUF = BUF_EMPTY;
	char format[16];

	(void)state;
	for (int i = 0; i < 200; i++) {
		snprintf(format, sizeof(format), "f%d", i);
		assert_int_equal(trace_shapes_add(&shapes, format), 0);
	}
	trace_filter_write(&filter, &text);
	assert_string_equal(buf_str(&text), "common_pid == 7");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_regular_expressions),
		cmocka_unit_test(test_no_formats),
		cmocka_unit_test(test_each_format_once),
		cmocka_unit_test(test_what_passes),
		cmocka_unit_test(test_what_may_have_been_cut_passes),
		cmocka_unit_test(test_what_the_kernel_is_told),
		cmocka_unit_test(test_many_formats_are_not_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
