// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* From words to typed options, by the tables; nothing is opened or looked up here. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/err.h"
#include "cli/cli.h"
#include "cli/expect.h"
#include "cli/fit.h"

const char *words_next(struct words *words)
{
	return *words->at ? *words->at++ : NULL;
}

static int parse_one(struct parsed *parsed, const struct arg *arg, struct words *words)
{
	char *slot = (char *)parsed->options + arg->slot;
	int err;

	if (arg->keyword)
		words_next(words);
	if (arg->type == &cli_flag) {
		*(bool *)slot = true;
		return 0;
	}
	parsed->value = words->at;
	err = arg->type->parse(arg, words, slot);
	if (!*words->at && (err || arg->type->takes_rest))
		parsed->within = arg;
	return err;
}

static int parse_args(struct parsed *parsed, struct words *words)
{
	const struct arg *args = parsed->path[parsed->depth]->args;

	while (*words->at) {
		struct fit fit;
		int err;

		if (!fit_find(parsed, *words->at, &fit))
			return expect_nothing_like(parsed, *words->at);
		if (fit.given)
			return fail_plain(-EINVAL, "'%s' is given twice", fit.word);
		parsed->given |= 1ULL << (fit.arg - args);
		err = parse_one(parsed, fit.arg, words);
		if (err)
			return err;
	}
	return 0;
}

static int check_required(const struct parsed *parsed)
{
	const struct arg *args = parsed->path[parsed->depth]->args;

	for (const struct arg *arg = args; arg && arg->type; arg++) {
		if (arg->required && !(parsed->given >> (arg - args) & 1))
			return expect_missing(parsed, arg);
	}
	return 0;
}

static void descend(struct parsed *parsed, const struct command *command)
{
	parsed->path[++parsed->depth] = command;
}

/* Down the tree as far as words go; "xh help prog load" asks about the same as "prog load help". */
static int find(struct parsed *parsed, struct words *words)
{
	while (parsed->path[parsed->depth]->sub && *words->at) {
		struct fit fit;

		if (!fit_find(parsed, *words->at, &fit))
			return expect_command(parsed, *words->at);
		words_next(words);
		if (fit.command)
			descend(parsed, fit.command);
		else
			parsed->help = true;
	}
	return 0;
}

/* Where no word follows: the first verb, unless one is needed. */
static int find_default(struct parsed *parsed)
{
	const struct command *command;

	while ((command = parsed->path[parsed->depth])->sub) {
		if (command->needs_word)
			return expect_command(parsed, NULL);
		descend(parsed, command->sub[0]);
	}
	return 0;
}

/* "help" alone after a verb asks about the verb; a file of that name is ./help. */
static bool asks_help(const struct parsed *parsed, const struct words *words)
{
	return *words->at && !strcmp(*words->at, "help") && !words->at[1] && parsed->depth;
}

static int parse_operands(struct parsed *parsed, struct words *words)
{
	parsed->options = calloc(1, parsed->path[parsed->depth]->options_size + 1);
	if (!parsed->options)
		return fail(-ENOMEM, "reading the command line");
	return parse_args(parsed, words);
}

int cli_parse(const struct command *root, char *const *words, struct parsed *parsed)
{
	struct words cursor = { .at = words };
	int err;

	*parsed = (struct parsed){ .path = { root } };
	err = find(parsed, &cursor);
	if (err || parsed->help)
		return err;
	err = find_default(parsed);
	if (err)
		return err;
	if (asks_help(parsed, &cursor)) {
		parsed->help = true;
		return 0;
	}
	err = parse_operands(parsed, &cursor) ?: check_required(parsed);
	if (err)
		free(take_ptr(parsed->options));
	return err;
}

int cli_reach(const struct command *root, char *const *words, struct parsed *parsed)
{
	struct words cursor = { .at = words };
	int err;

	*parsed = (struct parsed){ .path = { root } };
	err = find(parsed, &cursor);
	if (err || parsed->help || parsed->path[parsed->depth]->sub)
		return err;
	err = parse_operands(parsed, &cursor);
	if (err && parsed->within) {
		fail_clear();
		return 0;
	}
	if (err)
		free(take_ptr(parsed->options));
	return err;
}

void cli_find(const struct command *root, char *const *words, struct parsed *parsed)
{
	struct fit fit;

	*parsed = (struct parsed){ .path = { root }, .help = true };
	for (; *words && parsed->path[parsed->depth]->sub; words++) {
		if (!fit_find(parsed, *words, &fit))
			return;
		if (fit.command)
			descend(parsed, fit.command);
	}
}
