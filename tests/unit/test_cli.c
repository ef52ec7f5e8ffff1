// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* lib/cli: from words to options, and what is said of words that do not fit. */
#include "grammar.h"

static const struct command *last(const struct parsed *parsed)
{
	return parsed->path[parsed->depth];
}

/* What was parsed points into the line until the next one. */
static struct parsed parse(const char *words)
{
	static struct line line;
	struct parsed parsed;

	fail_clear();
	assert_int_equal(cli_parse(&root, line_split(&line, words), &parsed), 0);
	assert_int_equal(fail_last()->err, 0);
	return parsed;
}

static void assert_finds(const char *words, const struct command *wanted)
{
	struct parsed parsed = parse(words);

	assert_ptr_equal(last(&parsed), wanted);
	assert_false(parsed.help);
	free(parsed.options);
}

static void test_commands(void **state)
{
	(void)state;
	assert_finds("prog list", &prog_list);
	assert_finds("prog show", &prog_list);
	assert_finds("prog dump xlated", &dump_xlated);
	assert_finds("perf", &perf);
	/* The first verb where none is named. */
	assert_finds("prog", &prog_list);
}

static const struct command listing = { .name = "listing", .summary = "" };
static const struct command list = { .name = "list", .summary = "" };
static const struct command listings = {
	.name = "xh",
	.sub = (const struct command *const[]){ &listing, &list, NULL },
};

static void assert_listing(const char *word, const struct command *wanted)
{
	struct parsed parsed;
	struct line line;

	assert_int_equal(cli_parse(&listings, line_split(&line, word), &parsed), 0);
	assert_ptr_equal(last(&parsed), wanted);
	free(parsed.options);
}

/* The first of the table wins; a whole word goes before the beginning of another. */
static void test_shortened_commands(void **state)
{
	(void)state;
	assert_finds("p", &prog_list);
	assert_finds("pe", &perf);
	assert_finds("p l", &prog_list);
	assert_finds("p lo", &prog_load);
	assert_finds("p s", &prog_list);
	assert_finds("pro sho", &prog_list);
	assert_finds("p d x", &dump_xlated);
	assert_listing("list", &list);
	assert_listing("lis", &listing);
	assert_listing("listi", &listing);
}

static void test_no_operands(void **state)
{
	struct parsed parsed = parse("prog list");
	const struct list_options *options = parsed.options;

	(void)state;
	assert_null(options->file);
	assert_false(options->full);
	free(parsed.options);
}

static void test_optional_operands(void **state)
{
	static const char *const lines[] = { "prog list x.o full", "prog list full x.o",
					     "prog list x.o f" };

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		struct parsed parsed = parse(lines[i]);
		const struct list_options *options = parsed.options;

		assert_string_equal(options->file, "x.o");
		assert_true(options->full);
		free(parsed.options);
	}
}

/* The beginning of a keyword is a path as well as any. */
static void test_short_values(void **state)
{
	struct parsed parsed = parse("prog list f");
	const struct list_options *options = parsed.options;

	(void)state;
	assert_string_equal(options->file, "f");
	assert_false(options->full);
	free(parsed.options);
}

/* Keywords come in any order after the operands that must come. */
static void test_all_operands(void **state)
{
	static const char *const lines[] = {
		"net attach xdpdrv hello dev eth0 priority 0x10 overwrite --dry-run",
		"n a xdpd hello --dry-run over prio 16 d eth0",
	};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct parsed parsed = parse(lines[i]);
		const struct attach_options *options = parsed.options;

		assert_ptr_equal(options->hook, &hooks[2]);
		assert_string_equal(options->prog, "hello");
		assert_string_equal(options->dev, "eth0");
		assert_true(options->priority.given);
		assert_int_equal(options->priority.value, 16);
		assert_true(options->overwrite && options->dry_run);
		free(parsed.options);
	}
}

static void test_defaults(void **state)
{
	struct parsed parsed = parse("net attach xdp hello dev v0");
	const struct attach_options *options = parsed.options;

	(void)state;
	assert_ptr_equal(options->hook, &hooks[0]);
	assert_false(options->priority.given);
	assert_int_equal(options->priority.value, 0);
	assert_false(options->overwrite || options->dry_run);
	free(parsed.options);
}

/* A word that is also a keyword is an operand where one must come, and after a keyword. */
static void test_keywords_as_values(void **state)
{
	struct parsed parsed = parse("net attach x dev dev overwrite");
	const struct attach_options *options = parsed.options;

	(void)state;
	assert_ptr_equal(options->hook, &hooks[0]);
	assert_string_equal(options->prog, "dev");
	assert_string_equal(options->dev, "overwrite");
	assert_false(options->overwrite);
	free(parsed.options);
}

/* An option of the verb goes before operands too. */
static void test_options_of_a_verb(void **state)
{
	struct parsed parsed = parse("net attach --dry-run xdp hello dev v0");
	const struct attach_options *options = parsed.options;

	(void)state;
	assert_true(options->dry_run);
	assert_string_equal(options->prog, "hello");
	free(parsed.options);
}

static void test_fits(void **state)
{
	(void)state;
	assert_true(cli_fits("p", "prog"));
	assert_true(cli_fits("prog", "prog"));
	assert_false(cli_fits("", "prog"));
	assert_false(cli_fits("progs", "prog"));
	assert_false(cli_fits("P", "prog"));
}

/* Lines of words that are nearly right: never a crash, and a failure always says something. */
static void test_random_lines(void **state)
{
	static const char words[] = "prog p perf net list show dump xlated attach a xdp xdpg hello "
				    "dev d eth0 priority 1 -1 '' overwrite full --dry-run -- - "
				    "help h \x1b[31m \xff %s%n 4294967296";
	struct line all;
	size_t count = 0;

	(void)state;
	for (line_split(&all, words); all.words[count]; count++)
		;
	srandom(1);
	for (int round = 0; round < 100000; round++) {
		struct parsed parsed;
		char *line[12] = { NULL };
		int err;

		for (long i = random() % 11; i > 0; i--)
			line[i - 1] = all.words[(size_t)random() % count];
		fail_clear();
		err = cli_parse(&root, line, &parsed);
		assert_int_equal(err, -fail_last()->err);
		assert_int_equal(err != 0, fail_last()->text[0] != '\0');
		assert_int_equal(parsed.options == NULL, err || parsed.help);
		free(parsed.options);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_commands),
		cmocka_unit_test(test_shortened_commands),
		cmocka_unit_test(test_no_operands),
		cmocka_unit_test(test_optional_operands),
		cmocka_unit_test(test_short_values),
		cmocka_unit_test(test_all_operands),
		cmocka_unit_test(test_defaults),
		cmocka_unit_test(test_keywords_as_values),
		cmocka_unit_test(test_options_of_a_verb),
		cmocka_unit_test(test_fits),
		cmocka_unit_test(test_random_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
