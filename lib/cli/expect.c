// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What fits at a point of the command line, and the errors that say so. */
#include "cli/expect.h"

#include <errno.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"
#include "cli/fit.h"

/* The words that would fit: names as they are, kinds of value in capitals. */
struct expected {
	struct buf words;
	const char *near; /* one that `typed` is a slip of */
	const char *typed;
};

static void compare(struct expected *expected, const char *word)
{
	if (!expected->near && expected->typed && text_near(expected->typed, word))
		expected->near = word;
}

static void add(struct expected *expected, const char *word)
{
	if (expected->words.len)
		buf_addstr(&expected->words, ", ");
	buf_addstr(&expected->words, word);
	compare(expected, word);
}

static int report(struct expected *expected, const char *message)
{
	fail_plain(-EINVAL, "%s, expected %s%s", message,
		   strchr(buf_str(&expected->words), ',') ? "one of: " : "",
		   buf_str(&expected->words));
	if (expected->near)
		fail_hint("did you mean '%s'?", expected->near);
	buf_free(&expected->words);
	return -EINVAL;
}

/* Words alone: a value would have been taken for one. */
static void add_fits(struct expected *expected, const struct parsed *parsed)
{
	struct fit fit;

	for (size_t row = 0; fit_next(parsed, &row, &fit);) {
		if (!fit.word || fit.given || (fit.command && fit.command->hidden))
			continue;
		add(expected, fit.word);
		if (fit.alias)
			compare(expected, fit.alias);
	}
}

static void command_words(const struct parsed *parsed, struct buf *text)
{
	buf_addstr(text, "xh");
	for (size_t i = 1; i <= parsed->depth; i++)
		buf_printf(text, " %s", parsed->path[i]->name);
}

static int expect_option(const char *word)
{
	fail_plain(-EINVAL, "unknown option '%s'", word);
	return fail_hint("'xh help' lists the options");
}

int expect_command(const struct parsed *parsed, const char *word)
{
	struct expected expected = { .typed = word };
	struct buf message AUTO_BUF = BUF_EMPTY;

	if (word && text_starts(word, "--"))
		return expect_option(word);
	add_fits(&expected, parsed);
	if (word)
		buf_printf(&message, "'%s' is not known after '", word);
	else
		buf_addstr(&message, "a word is missing after '");
	command_words(parsed, &message);
	buf_addch(&message, '\'');
	return report(&expected, buf_str(&message));
}

int expect_choice(const struct arg *arg, const char *word)
{
	struct expected expected = { .typed = word };
	struct buf message AUTO_BUF = BUF_EMPTY;

	for (size_t i = 0; i < arg->among->count; i++)
		add(&expected, choices_name(arg->among, i));
	if (word)
		buf_printf(&message, "'%s' is no %s", word, arg->among->name);
	else
		buf_printf(&message, "%s is missing", arg->among->name);
	return report(&expected, buf_str(&message));
}

int expect_missing(const struct parsed *parsed, const struct arg *arg)
{
	const char *what = cli_value_name(arg);
	struct buf usage AUTO_BUF = BUF_EMPTY;

	cli_usage(parsed, &usage);
	if (arg->keyword)
		fail_plain(-EINVAL, "'%s %s' is missing", arg->keyword, what);
	else
		fail_plain(-EINVAL, "%s is missing", what);
	return fail_hint("usage: %s", buf_str(&usage));
}

static bool has_options(const struct arg *args)
{
	for (const struct arg *arg = args; arg && arg->type; arg++) {
		if (arg->keyword && text_starts(arg->keyword, "--"))
			return true;
	}
	return false;
}

int expect_nothing_like(const struct parsed *parsed, const char *word)
{
	const struct arg *args = parsed->path[parsed->depth]->args;
	struct expected expected = { .typed = word };
	struct buf message AUTO_BUF = BUF_EMPTY;

	if (text_starts(word, "--") && !has_options(args))
		return expect_option(word);
	add_fits(&expected, parsed);
	buf_printf(&message, "'%s' does not fit here in '", word);
	command_words(parsed, &message);
	buf_addch(&message, '\'');
	if (!expected.words.len)
		add(&expected, "the end of the line");
	return report(&expected, buf_str(&message));
}

int cli_hint_spec(const struct arg_type *type)
{
	struct buf spec AUTO_BUF = BUF_EMPTY;

	cli_spec(type, &spec);
	return fail_hint("%s := %s", type->name, buf_str(&spec));
}
