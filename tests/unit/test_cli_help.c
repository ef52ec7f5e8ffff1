// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* lib/cli: usage and help texts, and the ways to ask for them. */
#include "grammar.h"

static void assert_help(const struct parsed *parsed, const char *expected)
{
	struct buf text AUTO_BUF = BUF_EMPTY;

	assert_true(parsed->help);
	assert_null(parsed->options);
	cli_help(parsed, global_options, &text);
	assert_string_equal(buf_str(&text), expected);
}

/* Help by the word, at the end of the line or where a command would stand. */
static struct parsed ask(const char *words)
{
	struct parsed parsed;
	static struct line line;

	assert_int_equal(cli_parse(&root, line_split(&line, words), &parsed), 0);
	return parsed;
}

/* Help by the option: whatever fits of the words says about what. */
static struct parsed look_up(const char *words)
{
	struct parsed parsed;
	struct line line;

	cli_find(&root, line_split(&line, words), &parsed);
	return parsed;
}

static const char root_help[] = "Usage: xh [OPTIONS] OBJECT [VERB] [OPERANDS]\n"
				"       xh OBJECT [VERB] help\n"
				"\n"
				"  prog                   Programs\n"
				"  perf                   Events\n"
				"  net                    Network\n"
				"\n"
				"Options, anywhere on the line:\n"
				"  -j, --json             Print JSON\n"
				"  -p, --pretty           Print it indented\n"
				"  -d, --debug            Say more\n"
				"      --dash             Has no letter\n"
				"  -B, --base-btf FILE    Where it is\n";

static const char prog_help[] = "Programs\n"
				"\n"
				"Usage: xh prog { list | show } [FILE] [full]\n"
				"       xh prog load\n"
				"       xh prog dump xlated\n"
				"       xh prog dump jited\n"
				"\n"
				"  list                   List them\n"
				"  load                   Load one\n"
				"  dump                   Show code\n";

static const char attach_help[] =
	"Attach a program\n"
	"\n"
	"Usage: xh net attach ATTACH_TYPE PROG dev DEV [priority NUMBER] [overwrite]\n"
	"           [--dry-run]\n"
	"\n"
	"  ATTACH_TYPE            Where\n"
	"  PROG\n"
	"  dev DEV                To which device\n"
	"  priority NUMBER\n"
	"  overwrite\n"
	"  --dry-run\n"
	"\n"
	"ATTACH_TYPE := { xdp | xdpgeneric | xdpdrv }\n";

static const char load_help[] = "Load one\n\nUsage: xh prog load\n";

static void assert_asks(const char *words, const char *expected)
{
	struct parsed parsed = ask(words);

	assert_help(&parsed, expected);
}

static void assert_looks_up(const char *words, const char *expected)
{
	struct parsed parsed = look_up(words);

	assert_help(&parsed, expected);
}

static void test_help_word(void **state)
{
	(void)state;
	assert_asks("help", root_help);
	assert_asks("h", root_help);
	assert_asks("help help", root_help);
	assert_asks("prog help help", prog_help);
	assert_asks("help prog help", prog_help);
	assert_asks("prog help", prog_help);
	assert_asks("p h", prog_help);
	assert_asks("net attach help", attach_help);
	assert_asks("prog load help", load_help);
	assert_asks("help prog", prog_help);
	assert_asks("help prog load", load_help);
	assert_asks("prog help load", load_help);
}

/* After a verb only the whole word, alone, asks for help: anything may be the name of a file. */
static void test_help_as_operand(void **state)
{
	struct parsed parsed = ask("prog list hel");

	(void)state;
	assert_false(parsed.help);
	assert_string_equal(((const struct list_options *)parsed.options)->file, "hel");
	free(parsed.options);
	parsed = ask("prog list help full");
	assert_false(parsed.help);
	free(parsed.options);
}

static void test_help_option(void **state)
{
	(void)state;
	assert_looks_up("", root_help);
	assert_looks_up("bogus", root_help);
	assert_looks_up("help", root_help);
	assert_looks_up("help prog help", prog_help);
	assert_looks_up("prog", prog_help);
	assert_looks_up("prog bogus list", prog_help);
	assert_looks_up("n a xdp hello dev", attach_help);
	assert_looks_up("prog load x", load_help);
}

static int parse_nothing(const struct arg *arg, struct words *words, void *slot)
{
	(void)arg;
	(void)slot;
	words_next(words);
	return 0;
}

static const struct arg_form ways[] = {
	{ "id", "ID", "by its number" },
	{ "name", "NAME", "by its name" },
};
static const struct choices forms = CHOICES("PROG", ways);

static const struct arg_type spelled = {
	.name = "PROG",
	.forms = &forms,
	.help = "A program",
	.parse = parse_nothing,
};

static const struct command spelled_out = {
	.name = "see",
	.summary = "See it",
	.args = (const struct arg[]){ { .type = &spelled, .required = true }, { 0 } },
	.options_size = 8,
};

static void test_spec(void **state)
{
	struct parsed parsed = { .path = { &root, &spelled_out }, .depth = 1, .help = true };

	(void)state;
	assert_help(&parsed, "See it\n"
			     "\n"
			     "Usage: xh see PROG\n"
			     "\n"
			     "  PROG                   A program\n"
			     "\n"
			     "PROG := { id ID | name NAME }\n");
}

static const struct command secret = { .name = "secret",
				       .summary = "Not for people",
				       .hidden = true };
static const struct command long_names = {
	.name = "long",
	.summary = "See it",
	.args =
		(const struct arg[]){
			{ .keyword = "a_keyword_of_length",
			  .type = &cli_word,
			  .help = "Explained below" },
			{ 0 },
		},
	.options_size = sizeof(const char *),
	.examples = EXAMPLES("xh long", "xh long a_keyword_of_length x"),
};
static const struct command with_secret = {
	.name = "xh",
	.summary = "The root",
	.sub = (const struct command *const[]){ &long_names, &secret, NULL },
	.needs_word = true,
};

static void test_examples(void **state)
{
	struct parsed parsed = { .path = { &root, &long_names }, .depth = 1, .help = true };

	(void)state;
	assert_help(&parsed, "See it\n"
			     "\n"
			     "Usage: xh long [a_keyword_of_length WORD]\n"
			     "\n"
			     "  a_keyword_of_length WORD\n"
			     "                         Explained below\n"
			     "\n"
			     "Examples:\n"
			     "  xh long\n"
			     "  xh long a_keyword_of_length x\n");
}

/* What is hidden is found by its whole name, and mentioned nowhere. */
static void test_hidden(void **state)
{
	struct parsed parsed = { .path = { &with_secret }, .help = true };
	struct buf text AUTO_BUF = BUF_EMPTY;
	struct line line;

	(void)state;
	cli_help(&parsed, global_options, &text);
	assert_null(strstr(buf_str(&text), "secret"));
	assert_true(cli_parse(&with_secret, line_split(&line, "secre"), &parsed) < 0);
	assert_null(strstr(fail_last()->text, "secret,"));
	assert_int_equal(cli_parse(&with_secret, line_split(&line, "secret"), &parsed), 0);
	assert_ptr_equal(parsed.path[parsed.depth], &secret);
	free(parsed.options);
}

static void test_synopsis(void **state)
{
	struct buf text AUTO_BUF = BUF_EMPTY;
	struct parsed parsed = look_up("net");

	(void)state;
	cli_synopsis(&parsed, &text);
	assert_string_equal(buf_str(&text), ".Nm xh\n.Cm net\n.Cm attach\n"
					    ".Ar ATTACH_TYPE\n.Ar PROG\n.Cm dev Ar DEV\n"
					    ".Op Cm priority Ar NUMBER\n.Op Cm overwrite\n"
					    ".Op Fl -dry-run\n");
	buf_clear(&text);
	parsed = look_up("prog list");
	cli_synopsis(&parsed, &text);
	assert_string_equal(buf_str(&text), ".Nm xh\n.Cm prog\n.Brq Cm list | show\n"
					    ".Op Ar FILE\n.Op Cm full\n");
}

static void test_usage(void **state)
{
	struct buf text AUTO_BUF = BUF_EMPTY;
	struct parsed parsed = look_up("prog show");

	(void)state;
	cli_usage(&parsed, &text);
	assert_string_equal(buf_str(&text), "xh prog { list | show } [FILE] [full]");
	buf_clear(&text);
	parsed = look_up("net attach");
	cli_usage(&parsed, &text);
	assert_string_equal(buf_str(&text), "xh net attach ATTACH_TYPE PROG dev DEV "
					    "[priority NUMBER] [overwrite] [--dry-run]");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_help_word),   cmocka_unit_test(test_help_as_operand),
		cmocka_unit_test(test_help_option), cmocka_unit_test(test_spec),
		cmocka_unit_test(test_usage),       cmocka_unit_test(test_examples),
		cmocka_unit_test(test_hidden),      cmocka_unit_test(test_synopsis),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
