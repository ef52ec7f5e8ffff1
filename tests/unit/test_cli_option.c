// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* lib/cli: global options, wherever they stand, and words that only look like them. */
#include "grammar.h"

static int take(const char *words, struct flags *flags, struct buf *left)
{
	struct line line;
	char **rest = line_split(&line, words);
	int err;

	*flags = (struct flags){ 0 };
	fail_clear();
	err = cli_options(global_options, rest, flags);
	for (; *rest; rest++)
		buf_printf(left, "%s%s", left->len ? " " : "", **rest ? *rest : "''");
	return err;
}

/* `set` names the flags that are set: "jpd-" and the value of -B. */
static void assert_takes(const char *words, const char *set, const char *left)
{
	struct buf names AUTO_BUF = BUF_EMPTY, rest AUTO_BUF = BUF_EMPTY;
	struct flags flags;

	assert_int_equal(take(words, &flags, &rest), 0);
	assert_string_equal(fail_last()->text, "");
	buf_printf(&names, "%s%s%s%s", flags.json ? "j" : "", flags.pretty ? "p" : "",
		   flags.debug ? "d" : "", flags.dash ? "-" : "");
	assert_string_equal(buf_str(&names), set);
	assert_string_equal(buf_str(&rest), left);
}

static void assert_base(const char *words, const char *base, const char *left)
{
	struct line line;
	struct flags flags = { 0 };
	struct buf rest AUTO_BUF = BUF_EMPTY;
	char **at = line_split(&line, words);

	assert_int_equal(cli_options(global_options, at, &flags), 0);
	for (; *at; at++)
		buf_printf(&rest, "%s%s", rest.len ? " " : "", *at);
	assert_string_equal(flags.base, base);
	assert_string_equal(buf_str(&rest), left);
}

static void test_none(void **state)
{
	(void)state;
	assert_takes("", "", "");
	assert_takes("prog list", "", "prog list");
	assert_takes("'' x ''", "", "'' x ''");
}

static void test_anywhere(void **state)
{
	(void)state;
	assert_takes("-j prog list", "j", "prog list");
	assert_takes("prog -j list", "j", "prog list");
	assert_takes("prog list -j", "j", "prog list");
	assert_takes("-d prog --json list -d", "jd", "prog list");
}

static void test_letters_together(void **state)
{
	(void)state;
	assert_takes("-p", "jp", "");
	assert_takes("-jp x", "jp", "x");
	assert_takes("-djpj x", "jpd", "x");
}

static void test_long_names(void **state)
{
	(void)state;
	assert_takes("--json", "j", "");
	assert_takes("x --pretty y", "jp", "x y");
	assert_takes("--dash", "-", "");
	/* Shortened to what only one has: --de is --debug, but --d and --da… */
	assert_takes("--js --p --de", "jpd", "");
	assert_takes("--das", "-", "");
	assert_takes("--d", "", "--d");
	assert_takes("--JSON", "", "--JSON");
}

static void test_values(void **state)
{
	(void)state;
	assert_base("-B file x", "file", "x");
	assert_base("-Bfile x", "file", "x");
	assert_base("-jBfile x", "file", "x");
	assert_base("-jB file x", "file", "x");
	assert_base("x --base-btf file", "file", "x");
	assert_base("x --base-btf=file y", "file", "x y");
	assert_base("--base=a=b", "a=b", "");
	assert_base("-B one -B two", "two", "");
	assert_base("-B -j", "-j", "");
	assert_base("-B --", "--", "");
}

/* Options of verbs, numbers and the name of standard input are left to the verb. */
static void test_words_that_are_none(void **state)
{
	(void)state;
	assert_takes("x --dry-run -j", "j", "x --dry-run");
	assert_takes("- -1 -0x1 --", "", "- -1 -0x1");
	assert_takes("--=x", "", "--=x");
	assert_takes("--jsonx", "", "--jsonx");
}

static void test_end_of_options(void **state)
{
	(void)state;
	assert_takes("-j -- -p x -- -d", "j", "-p x -- -d");
	assert_takes("--", "", "");
	assert_takes("x -- --", "", "x --");
}

static void assert_refused(const char *words, const char *text, const char *hint)
{
	struct buf rest AUTO_BUF = BUF_EMPTY;
	struct flags flags;

	assert_true(take(words, &flags, &rest) < 0);
	assert_string_equal(fail_last()->text, text);
	assert_string_equal(fail_last()->hint, hint);
	assert_int_equal(fail_last()->status, STATUS_FAILED);
	/* What comes after it still says how to report it. */
	assert_int_equal(flags.json, strstr(words, "json") != NULL);
}

static void test_errors(void **state)
{
	(void)state;
	assert_refused("prog -z list --json", "unknown option '-z' in '-z'",
		       "'xh help' lists the options");
	assert_refused("-dz", "unknown option '-z' in '-dz'", "'xh help' lists the options");
	assert_refused("-d-", "unknown option '--' in '-d-'", "'xh help' lists the options");
	assert_refused("-\xff", "unknown option '-\xff' in '-\xff'", "'xh help' lists the options");
	assert_refused("x -B", "option --base-btf needs a FILE", "");
	assert_refused("-B ''", "option --base-btf needs a FILE", "");
	assert_refused("--base-btf= --json", "option --base-btf needs a FILE", "");
	assert_refused("--base-btf", "option --base-btf needs a FILE", "");
	assert_refused("--debug=yes --json", "option --debug takes no value", "");
}

static void test_random_words(void **state)
{
	static const char letters[] = "---jpdBz=1 ' bas";
	struct buf rest AUTO_BUF = BUF_EMPTY;

	(void)state;
	srandom(1);
	for (int round = 0; round < 100000; round++) {
		struct flags flags;
		char words[60];
		size_t len = (size_t)random() % sizeof(words);
		int err;

		for (size_t i = 0; i < len; i++)
			words[i] = letters[(size_t)random() % (sizeof(letters) - 1)];
		words[len ? len - 1 : 0] = '\0';
		buf_clear(&rest);
		err = take(words, &flags, &rest);
		assert_int_equal(err, -fail_last()->err);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_none),
		cmocka_unit_test(test_anywhere),
		cmocka_unit_test(test_letters_together),
		cmocka_unit_test(test_long_names),
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_words_that_are_none),
		cmocka_unit_test(test_end_of_options),
		cmocka_unit_test(test_errors),
		cmocka_unit_test(test_random_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
