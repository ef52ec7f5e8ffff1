// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* lib/cli/script: files of command lines → words. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h" /* before cmocka.h, which defines a macro fail() */
#include "cli/script.h"

#include <cmocka.h>

/* Each command as "LINE:<word><word>", and what the reading ended with. */
static int read_all(const char *source, struct buf *got)
{
	auto_free char *text = strdup(source);
	struct script script AUTO_SCRIPT = { .next = text };
	int err;

	while ((err = script_next(&script)) > 0) {
		buf_printf(got, "%u:", script.line);
		for (char **word = script.words.v; *word; word++)
			buf_printf(got, "<%s>", *word);
		buf_addch(got, '\n');
	}
	return err;
}

static void assert_commands(const char *source, const char *expected)
{
	struct buf got AUTO_BUF = BUF_EMPTY;

	assert_int_equal(read_all(source, &got), 0);
	assert_string_equal(buf_str(&got), expected);
}

static void test_words(void **state)
{
	(void)state;
	assert_commands("prog list", "1:<prog><list>\n");
	assert_commands("prog list\n", "1:<prog><list>\n");
	assert_commands("\tprog \t list  \r\nmap\n", "1:<prog><list>\n2:<map>\n");
	assert_commands("a\nb", "1:<a>\n2:<b>\n");
	assert_commands("a\\b c\\", "1:<a\\b><c\\>\n");
}

static void test_nothing(void **state)
{
	(void)state;
	assert_commands("", "");
	assert_commands("\n  \n\t\r\n", "");
	assert_commands("# prog list\n  # map list", "");
}

static void test_comments(void **state)
{
	(void)state;
	assert_commands("a # b\nc#d\n", "1:<a>\n2:<c>\n");
	assert_commands("a '# b' \"#\"#\"", "1:<a><# b><#>\n");
	assert_commands("a # b \\\nc", "1:<a>\n2:<c>\n");
}

static void test_quotes(void **state)
{
	(void)state;
	assert_commands("a 'b c' \"d  'e\"", "1:<a><b c><d  'e>\n");
	assert_commands("a'b c'd\"e\"f g", "1:<ab cdef><g>\n");
	assert_commands("'' \"\" a''", "1:<><><a>\n");
	assert_commands("'a\\'b", "1:<a\\b>\n");
}

static void test_continued_lines(void **state)
{
	(void)state;
	assert_commands("a \\\n b\\\nc\nd", "1:<a><b><c>\n4:<d>\n");
	assert_commands("a\\\r\nb\n\nc", "1:<a><b>\n4:<c>\n");
	assert_commands("\\\n\\\na", "1:<a>\n");
	assert_commands("a\\\n", "1:<a>\n");
	assert_commands("'b'\\\n'c'", "1:<b><c>\n");
}

static void test_quotations_without_end(void **state)
{
	static const char *const texts[] = { "'", "a \"b\nc\"", "a 'b\\\nc'", "\"a'" };
	struct buf got AUTO_BUF = BUF_EMPTY;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		assert_int_equal(read_all(texts[i], &got), -EINVAL);
		assert_string_equal(fail_last()->text, "a quotation has no end");
	}
	assert_int_equal(got.len, 0);
}

static void test_reading_goes_on_after_one(void **state)
{
	char text[] = "a 'b\nc d";
	struct script script AUTO_SCRIPT = { .next = text };

	(void)state;
	assert_int_equal(script_next(&script), -EINVAL);
	assert_int_equal(script.line, 1);
	assert_int_equal(script.words.n, 1);
	assert_string_equal(script.words.v[0], "a");
	assert_int_equal(script_next(&script), 1);
	assert_int_equal(script.line, 2);
	assert_string_equal(script.words.v[0], "c");
	assert_string_equal(script.words.v[1], "d");
	assert_null(script.words.v[2]);
	assert_int_equal(script_next(&script), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_nothing),
		cmocka_unit_test(test_comments),
		cmocka_unit_test(test_quotes),
		cmocka_unit_test(test_continued_lines),
		cmocka_unit_test(test_quotations_without_end),
		cmocka_unit_test(test_reading_goes_on_after_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
