// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* lib/trace/filter: what the kernel is told, and what is decided without it. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h" /* before cmocka.h, which defines a macro fail() */
#include "trace/filter.h"
#include "trace/page.h"

#include <cmocka.h>

static void assert_written(struct trace_filter filter, const char *expected)
{
	struct buf text AUTO_BUF = BUF_EMPTY;

	trace_filter_write(&filter, &text);
	assert_int_equal(buf_err(&text), 0);
	assert_string_equal(buf_str(&text), expected);
}

static void test_what_the_kernel_is_told(void **state)
{
	(void)state;
	assert_written((struct trace_filter){ 0 }, "");
	assert_written((struct trace_filter){ .by_pid = true }, "common_pid == 0");
	assert_written(
		(struct trace_filter){ .by_pid = true, .pid = 7, .comm = "a*", .grep = "b c" },
		"common_pid == 7 && comm ~ \"a*\" && bpf_string ~ \"*b c*\"");
	assert_written((struct trace_filter){ .comm = "a?c", .grep = "b.c" }, "comm ~ \"a?c\"");
}

/* What has another meaning there, or none, or would end the string. */
static void test_what_the_kernel_is_not_told(void **state)
{
	static const char *const comms[] = { "", "7*", "!a", "[ab]", "a\\*", "a\"", "a' || 1" };
	static const char *const greps[] = { "",    "a.",   "a*",  "^a",       "a$",
					     "a|b", "a\"b", "(a)", "a?",       "a+",
					     "[a]", "a{2}", "a\\", "\xc3\xa4", "a\nb" };
	char long_one[252];

	(void)state;
	for (size_t i = 0; i < sizeof(comms) / sizeof(*comms); i++)
		assert_written((struct trace_filter){ .comm = comms[i] }, "");
	for (size_t i = 0; i < sizeof(greps) / sizeof(*greps); i++)
		assert_written((struct trace_filter){ .grep = greps[i] }, "");
	memset(long_one, 'a', sizeof(long_one) - 1);
	long_one[sizeof(long_one) - 1] = '\0';
	assert_written((struct trace_filter){ .grep = long_one }, "");
}

static bool passes(struct trace_filter filter, const struct trace_record *record)
{
	bool passed;

	assert_int_equal(trace_filter_open(&filter), 0);
	passed = trace_filter_passes(&filter, record);
	trace_filter_close(&filter);
	return passed;
}

static void test_what_passes(void **state)
{
	/* No NUL stands after a message. */
	const struct trace_record record = {
		.pid = 42, .comm = "nginx: worker", .message = "one\ntwo\n\nthree", .len = 9
	};

	(void)state;
	assert_true(passes((struct trace_filter){ 0 }, &record));
	assert_true(passes((struct trace_filter){ .by_pid = true, .pid = 42 }, &record));
	assert_false(passes((struct trace_filter){ .by_pid = true, .pid = 43 }, &record));
	assert_false(passes((struct trace_filter){ .by_pid = true }, &record));
	assert_true(passes((struct trace_filter){ .comm = "[mn]*worker" }, &record));
	assert_false(passes((struct trace_filter){ .comm = "nginx" }, &record));
	assert_true(passes((struct trace_filter){ .grep = "^one.two$" }, &record));
	assert_false(passes((struct trace_filter){ .grep = "three" }, &record));
	assert_false(
		passes((struct trace_filter){ .by_pid = true, .pid = 42, .grep = "x" }, &record));
}

static void test_the_kernel_is_believed(void **state)
{
	const struct trace_record record = { .comm = "<...>", .message = "m", .len = 1 };

	(void)state;
	assert_true(passes((struct trace_filter){ .comm = "gone", .in_kernel = true }, &record));
	assert_false(passes((struct trace_filter){ .comm = "gone" }, &record));
	assert_false(passes((struct trace_filter){ .comm = "[g]one", .in_kernel = true }, &record));
	assert_true(passes((struct trace_filter){ .grep = "x", .in_kernel = true }, &record));
	assert_false(passes((struct trace_filter){ .grep = "x$", .in_kernel = true }, &record));
}

static void test_news_of_losses_pass(void **state)
{
	const struct trace_record record = { .lost = 3 };

	(void)state;
	assert_true(
		passes((struct trace_filter){ .by_pid = true, .pid = 1, .comm = "a", .grep = "b" },
		       &record));
}

static void test_no_regular_expression(void **state)
{
	struct trace_filter filter = { .grep = "a(" };

	(void)state;
	assert_int_equal(trace_filter_open(&filter), -EINVAL);
	assert_string_equal(fail_last()->text, "'a(' is no regular expression: Unmatched ( or \\(");
	trace_filter_close(&filter);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_the_kernel_is_told),
		cmocka_unit_test(test_what_the_kernel_is_not_told),
		cmocka_unit_test(test_what_passes),
		cmocka_unit_test(test_the_kernel_is_believed),
		cmocka_unit_test(test_news_of_losses_pass),
		cmocka_unit_test(test_no_regular_expression),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
