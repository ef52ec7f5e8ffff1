// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* lib/cli: what is said of words that do not fit, and what would. */
#include "grammar.h"

static void assert_fails(const char *words, const char *text, const char *hint)
{
	struct parsed parsed;
	struct line line;

	assert_true(cli_parse(&root, line_split(&line, words), &parsed) < 0);
	assert_null(parsed.options);
	assert_string_equal(fail_last()->text, text);
	assert_string_equal(fail_last()->hint, hint);
	assert_int_equal(fail_last()->status, STATUS_FAILED);
}

static void test_unknown_commands(void **state)
{
	(void)state;
	assert_fails("prog lst",
		     "'lst' is not known after 'xh prog', expected one of: list, load, dump, help",
		     "did you mean 'list'?");
	assert_fails("bogus",
		     "'bogus' is not known after 'xh', expected one of: prog, perf, net, help", "");
	assert_fails("progs",
		     "'progs' is not known after 'xh', expected one of: prog, perf, net, help",
		     "did you mean 'prog'?");
	assert_fails("''", "'' is not known after 'xh', expected one of: prog, perf, net, help",
		     "");
	assert_fails(
		"prog dump jitted",
		"'jitted' is not known after 'xh prog dump', expected one of: xlated, jited, help",
		"did you mean 'jited'?");
	assert_fails("Prog",
		     "'Prog' is not known after 'xh', expected one of: prog, perf, net, help",
		     "did you mean 'prog'?");
}

static void test_missing_commands(void **state)
{
	(void)state;
	assert_fails("", "a word is missing after 'xh', expected one of: prog, perf, net, help",
		     "");
	assert_fails("p d",
		     "a word is missing after 'xh prog dump', expected one of: xlated, jited, help",
		     "");
	assert_fails("net", "a word is missing after 'xh net', expected one of: attach, help", "");
}

#define ATTACH_USAGE \
	"usage: xh net attach ATTACH_TYPE PROG dev DEV [priority NUMBER] [overwrite] [--dry-run]"

static void test_missing_operands(void **state)
{
	(void)state;
	assert_fails("net attach", "ATTACH_TYPE is missing", ATTACH_USAGE);
	assert_fails("net attach xdp", "PROG is missing", ATTACH_USAGE);
	assert_fails("net attach xdp hello", "'dev DEV' is missing", ATTACH_USAGE);
	assert_fails("net attach xdp hello overwrite", "'dev DEV' is missing", ATTACH_USAGE);
	assert_fails("net attach xdp hello dev", "DEV is missing", "");
	assert_fails("net attach xdp hello dev ''", "DEV is missing", "");
	assert_fails("net attach xdp ''", "PROG is missing", "");
	assert_fails("net attach xdp hello priority", "a number is missing after 'priority'", "");
}

static void test_words_too_many(void **state)
{
	(void)state;
	assert_fails("prog list x.o y.o",
		     "'y.o' does not fit here in 'xh prog list', expected full", "");
	assert_fails("prog show x.o full y.o",
		     "'y.o' does not fit here in 'xh prog list', expected the end of the line", "");
}

static void test_words_given_twice(void **state)
{
	(void)state;
	assert_fails("net attach xdp hello dev a dev b", "'dev' is given twice", "");
	assert_fails("net attach xdp hello overwrite dev a over", "'overwrite' is given twice", "");
	assert_fails("prog list full full", "'full' is given twice", "");
}

static void test_choices(void **state)
{
	(void)state;
	assert_string_equal(choices_name(&hook_names, 1), "xdpgeneric");
	assert_fails("net attach xdpdvr",
		     "'xdpdvr' is no ATTACH_TYPE, expected one of: xdp, xdpgeneric, xdpdrv",
		     "did you mean 'xdpdrv'?");
	assert_fails("net attach ''",
		     "'' is no ATTACH_TYPE, expected one of: xdp, xdpgeneric, xdpdrv", "");
	assert_fails("net attach tcx_ingress",
		     "'tcx_ingress' is no ATTACH_TYPE, expected one of: xdp, xdpgeneric, xdpdrv",
		     "");
}

static void test_numbers(void **state)
{
	(void)state;
	assert_fails("net attach xdp hello priority 4294967296",
		     "priority '4294967296' is not a number from 0 to 4294967295", "");
	assert_fails("net attach xdp hello priority -1",
		     "priority '-1' is not a number from 0 to 4294967295", "");
	assert_fails("net attach xdp hello priority ''",
		     "priority '' is not a number from 0 to 4294967295", "");
}

/* An option of a verb is not shortened. */
static void test_options_of_a_verb(void **state)
{
	(void)state;
	assert_fails(
		"net attach xdp hello --dry",
		"'--dry' does not fit here in 'xh net attach', expected one of: dev, priority, "
		"overwrite, --dry-run",
		"");
	assert_fails("net attach xdp hello --dry-rnu",
		     "'--dry-rnu' does not fit here in 'xh net attach', expected one of: dev, "
		     "priority, overwrite, --dry-run",
		     "did you mean '--dry-run'?");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_unknown_commands),  cmocka_unit_test(test_missing_commands),
		cmocka_unit_test(test_missing_operands),  cmocka_unit_test(test_words_too_many),
		cmocka_unit_test(test_words_given_twice), cmocka_unit_test(test_choices),
		cmocka_unit_test(test_numbers),           cmocka_unit_test(test_options_of_a_verb),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
