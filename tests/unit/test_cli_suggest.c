// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* lib/cli: what is offered at a point of the line is what the parser takes there. */
#include "cli/suggest.h"

#include "grammar.h"

/* Lines are followed to this length. */
#define WORDS_MAX 6

/* Everything that the grammar knows, and a value. */
static const char *const vocabulary[] = {
	"prog", "perf",       "net",       "list",   "show", "load",     "dump",
	"help", "xlated",     "jited",     "attach", "full", "priority", "overwrite",
	"dev",  "xdpgeneric", "--dry-run", "xdp",    "7",    "xdpdrv",
};

#define VOCABULARY (sizeof(vocabulary) / sizeof(*vocabulary))

static bool is_offered(char *const *line, const char *word)
{
	struct suggestions to AUTO_SUGGESTIONS = { .typed = word };

	cli_suggest(&root, line, &to);
	vec_each (row, &to.rows) {
		if (!strcmp(row->word, word))
			return true;
	}
	return false;
}

static bool is_taken(char *const *line)
{
	struct parsed parsed;
	int err = cli_reach(&root, line, &parsed);

	free(parsed.options);
	fail_clear();
	return !err;
}

/* Where any word is taken as a value nothing tells keywords from values. */
static bool takes_values(char **line, size_t len)
{
	char any[] = "/any";

	line[len] = any;
	line[len + 1] = NULL;
	bool takes = is_taken(line);
	line[len] = NULL;
	return takes;
}

static size_t lines;

/* A bad word ends within its operand, too: it is good only if it is not of the value. */
static bool is_good(char **line, size_t len)
{
	struct parsed parsed;
	bool good = !cli_reach(&root, line, &parsed);

	if (good && parsed.within)
		good = parsed.value == &line[len + 1];
	free(parsed.options);
	fail_clear();
	return good;
}

static void follow(char **line, size_t len)
{
	bool values = takes_values(line, len);

	lines++;
	for (size_t i = 0; i < VOCABULARY; i++) {
		char word[16];
		bool offered = is_offered(line, vocabulary[i]);

		strcpy(word, vocabulary[i]);
		line[len] = word;
		line[len + 1] = NULL;
		bool good = is_good(line, len);
		if (offered)
			assert_true(good);
		else if (good)
			assert_true(values || !strcmp(word, "7"));
		if (good && len + 1 < WORDS_MAX)
			follow(line, len + 1);
		line[len] = NULL;
	}
}

static void test_offered_is_taken(void **state)
{
	char *line[WORDS_MAX + 2] = { NULL };

	(void)state;
	follow(line, 0);
	assert_true(lines > 1000);
}

/* All that is offered, with one blank between. */
static void assert_offers(const char *words, const char *typed, const char *expected)
{
	struct suggestions to AUTO_SUGGESTIONS = { .typed = typed };
	struct buf text AUTO_BUF = BUF_EMPTY;
	struct line line;

	cli_suggest(&root, line_split(&line, words), &to);
	vec_each (row, &to.rows)
		buf_printf(&text, "%s%s", text.len ? " " : "", row->word);
	assert_string_equal(buf_str(&text), expected);
	assert_int_equal(fail_last()->err, 0);
}

static void test_commands(void **state)
{
	(void)state;
	assert_offers("", "", "help net perf prog");
	assert_offers("", "p", "perf prog");
	assert_offers("", "x", "");
	assert_offers("prog", "", "dump help list load");
	assert_offers("p", "s", "show");
	assert_offers("p d", "", "help jited xlated");
	assert_offers("help", "", "help net perf prog");
	assert_offers("help prog", "", "dump help list load");
	assert_offers("help prog load", "", "");
	assert_offers("bogus", "", "");
	assert_offers("prog bogus", "", "");
}

static void test_operands(void **state)
{
	(void)state;
	assert_offers("net attach", "", "--dry-run xdp xdpdrv xdpgeneric");
	assert_offers("net attach", "xdpd", "xdpdrv");
	assert_offers("net attach bogus", "", "");
	assert_offers("net attach xdp", "", "--dry-run");
	assert_offers("net attach xdp hello", "", "--dry-run dev overwrite priority");
	assert_offers("net attach xdp hello dev", "", "");
	assert_offers("net attach xdp hello dev eth0 overwrite", "", "--dry-run priority");
	assert_offers("net attach xdp hello priority x", "", "");
	assert_offers("net attach xdp hello priority", "", "");
	assert_offers("prog list", "", "full");
	assert_offers("prog list x.o full", "", "");
	assert_offers("prog list x.o y.o", "", "");
}

static void test_options(void **state)
{
	struct suggestions to AUTO_SUGGESTIONS = { .typed = "--p" };

	(void)state;
	cli_suggest_options(global_options, &to);
	assert_int_equal(to.rows.n, 1);
	assert_string_equal(to.rows.v[0].word, "--pretty");
	assert_string_equal(to.rows.v[0].help, "Print it indented");
	to.typed = "-";
	cli_suggest_options(global_options, &to);
	assert_int_equal(to.rows.n, 1 + 4 + 5);
	to.typed = "";
	cli_suggest_options(global_options, &to);
	assert_int_equal(to.rows.n, 10);
}

static void test_option_awaits(void **state)
{
	const struct option *base = &global_options[4];

	(void)state;
	assert_ptr_equal(cli_option_awaits(global_options, "-B"), base);
	assert_ptr_equal(cli_option_awaits(global_options, "-jB"), base);
	assert_ptr_equal(cli_option_awaits(global_options, "--base-btf"), base);
	assert_ptr_equal(cli_option_awaits(global_options, "--base"), base);
	assert_null(cli_option_awaits(global_options, "-Bx"));
	assert_null(cli_option_awaits(global_options, "--base-btf=x"));
	assert_null(cli_option_awaits(global_options, "-j"));
	assert_null(cli_option_awaits(global_options, "--json"));
	assert_null(cli_option_awaits(global_options, "prog"));
	assert_null(cli_option_awaits(global_options, "--"));
	assert_null(cli_option_awaits(global_options, ""));
}

/* Numbers go by their value, and what several have comes once. */
static void test_order(void **state)
{
	struct suggestions to AUTO_SUGGESTIONS = { .typed = "" };

	(void)state;
	suggest_add(&to, "10", "ten");
	suggest_add(&to, "perf", "mine");
	suggest_add(&to, "9", NULL);
	cli_suggest(&root, (char *const[]){ NULL }, &to);
	assert_int_equal(to.rows.n, 6);
	assert_string_equal(to.rows.v[0].word, "9");
	assert_null(to.rows.v[0].help);
	assert_string_equal(to.rows.v[1].word, "10");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_offered_is_taken), cmocka_unit_test(test_commands),
		cmocka_unit_test(test_operands),         cmocka_unit_test(test_options),
		cmocka_unit_test(test_option_awaits),    cmocka_unit_test(test_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
