// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* lib/cli: operands that may come again. */
#include "grammar.h"

#include "cli/suggest.h"

struct sets {
	size_t count;
	const char *v[3];
};

struct set_options {
	const char *file;
	struct sets sets;
	bool full;
};

static int parse_set(const struct arg *arg, struct words *words, void *slot)
{
	struct sets *sets = slot;
	const char *word = words_next(words);

	if (!word)
		return fail_plain(-EINVAL, "a value is missing after '%s'", arg->keyword);
	if (sets->count == 3)
		return fail_plain(-E2BIG, "'%s' is given too often", arg->keyword);
	sets->v[sets->count++] = word;
	return 0;
}

static const struct arg_type set_type = { .name = "VALUE", .parse = parse_set };

static const struct command set = {
	.name = "set",
	.summary = "Set",
	.args =
		(const struct arg[]){
			{ ARG_WORD(struct set_options, file), .required = true, .metavar = "FILE" },
			{ .keyword = "value",
			  .type = &set_type,
			  .slot = SLOT(struct set_options, sets, struct sets),
			  .repeats = true,
			  .help = "A value" },
			{ .keyword = "full", ARG_FLAG(struct set_options, full) },
			{ 0 },
		},
	.options_size = sizeof(struct set_options),
};
static const struct command base = {
	.name = "xh",
	.sub = (const struct command *const[]){ &set, NULL },
	.needs_word = true,
};

static int parse(const char *words, struct parsed *parsed)
{
	static struct line line;

	fail_clear();
	return cli_parse(&base, line_split(&line, words), parsed);
}

static void test_again(void **state)
{
	struct parsed parsed;
	const struct set_options *options;

	(void)state;
	assert_int_equal(parse("set x value 1 full v value value 3", &parsed), 0);
	options = parsed.options;
	assert_int_equal(options->sets.count, 3);
	assert_string_equal(options->sets.v[0], "1");
	assert_string_equal(options->sets.v[1], "value");
	assert_string_equal(options->sets.v[2], "3");
	assert_true(options->full);
	free(parsed.options);
	assert_int_equal(parse("set x", &parsed), 0);
	options = parsed.options;
	assert_int_equal(options->sets.count, 0);
	free(parsed.options);
}

static void test_too_often(void **state)
{
	struct parsed parsed;

	(void)state;
	assert_int_equal(parse("set x value 1 value 2 value 3 value 4", &parsed), -E2BIG);
	assert_string_equal(fail_last()->text, "'value' is given too often");
	assert_null(parsed.options);
	assert_int_equal(parse("set x value 1 value", &parsed), -EINVAL);
	assert_string_equal(fail_last()->text, "a value is missing after 'value'");
	assert_int_equal(parse("set x full full", &parsed), -EINVAL);
	assert_string_equal(fail_last()->text, "'full' is given twice");
}

/* Texts say so, an error offers it again, and so does completion. */
static void test_told(void **state)
{
	struct buf usage AUTO_BUF = BUF_EMPTY, synopsis AUTO_BUF = BUF_EMPTY;
	struct suggestions to AUTO_SUGGESTIONS = { .typed = "" };
	char *words[] = { (char[]){ "set" }, (char[]){ "x" },    (char[]){ "value" },
			  (char[]){ "1" },   (char[]){ "full" }, NULL };
	struct parsed parsed;

	(void)state;
	assert_int_equal(parse("set help", &parsed), 0);
	cli_usage(&parsed, &usage);
	assert_string_equal(buf_str(&usage), "xh set FILE [value VALUE]... [full]");
	cli_synopsis(&parsed, &synopsis);
	assert_non_null(strstr(buf_str(&synopsis), ".Op Cm value Ar VALUE ...\n"));
	assert_int_equal(parse("set x value 1 full bad", &parsed), -EINVAL);
	assert_non_null(strstr(fail_last()->text, "expected value"));
	cli_suggest(&base, words, &to);
	assert_int_equal(to.rows.n, 1);
	assert_string_equal(to.rows.v[0].word, "value");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_again),
		cmocka_unit_test(test_too_often),
		cmocka_unit_test(test_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
