// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What fits at a point of the command line: the one answer for parser, errors and completion. */
#include "cli/fit.h"

#include <string.h>

#include "base/text.h"

bool cli_fits(const char *word, const char *name)
{
	return *word && text_starts(name, word);
}

static bool is_given(const struct parsed *parsed, const struct arg *arg)
{
	return parsed->given >> (arg - parsed->path[parsed->depth]->args) & 1;
}

/* The next operand without a keyword that has not been given. */
static const struct arg *next_in_order(const struct parsed *parsed)
{
	for (const struct arg *arg = parsed->path[parsed->depth]->args; arg->type; arg++) {
		if (!arg->keyword && !is_given(parsed, arg))
			return arg;
	}
	return NULL;
}

/* Keywords give way to operands that must come, unless they look like options. */
static bool may_begin(const struct parsed *parsed, const struct arg *arg)
{
	const struct arg *in_order = next_in_order(parsed);

	if (!arg->keyword)
		return arg == in_order;
	return !in_order || !in_order->required || arg->keyword[0] == '-';
}

static bool next_operand(const struct parsed *parsed, size_t *row, struct fit *fit)
{
	static const struct arg none[1];
	const struct arg *args = parsed->path[parsed->depth]->args ?: none;

	for (const struct arg *arg = args + *row; arg->type; arg++) {
		if (!may_begin(parsed, arg))
			continue;
		*row = (size_t)(arg - args) + 1;
		*fit = (struct fit){
			.word = arg->keyword,
			.help = arg->help ?: arg->type->help,
			.arg = arg,
			.given = is_given(parsed, arg) && !arg->repeats,
		};
		return true;
	}
	return false;
}

/* The commands under the last one, then the word that asks about it. */
static bool next_command(const struct parsed *parsed, size_t *row, struct fit *fit)
{
	const struct command *const *sub = parsed->path[parsed->depth]->sub;
	size_t count = 0;

	while (sub[count])
		count++;
	if (*row < count) {
		const struct command *command = sub[*row];

		*fit = (struct fit){
			.word = command->name,
			.alias = command->alias,
			.help = command->summary,
			.command = command,
		};
	} else if (*row == count) {
		*fit = (struct fit){ .word = "help", .help = "Explain what fits here" };
	} else {
		return false;
	}
	++*row;
	return true;
}

bool fit_next(const struct parsed *parsed, size_t *row, struct fit *fit)
{
	if (parsed->within) {
		*fit = (struct fit){ .arg = parsed->within };
		return !(*row)++;
	}
	if (parsed->path[parsed->depth]->sub)
		return next_command(parsed, row, fit);
	return !parsed->help && next_operand(parsed, row, fit);
}

enum likeness {
	NOTHING_LIKE,
	A_VALUE, /* of a kind that begins with one of some words */
	A_BEGINNING,
	ANY_VALUE, /* a name, a path: a short one is no keyword cut short */
	THE_WORD,
};

static bool is_closed(const struct arg *arg)
{
	return arg->among || arg->type->forms || arg->type->spec;
}

/* What is not for people, and options, are never shortened. */
static enum likeness compare(const struct fit *fit, const char *word)
{
	if (!fit->word)
		return is_closed(fit->arg) ? A_VALUE : ANY_VALUE;
	if (!strcmp(word, fit->word) || (fit->alias && !strcmp(word, fit->alias)))
		return THE_WORD;
	if (word[0] == '-' || (fit->command && fit->command->hidden))
		return NOTHING_LIKE;
	if (cli_fits(word, fit->word) || (fit->alias && cli_fits(word, fit->alias)))
		return A_BEGINNING;
	return NOTHING_LIKE;
}

bool fit_find(const struct parsed *parsed, const char *word, struct fit *fit)
{
	enum likeness best = NOTHING_LIKE;
	struct fit next;

	for (size_t row = 0; fit_next(parsed, &row, &next);) {
		enum likeness likeness = compare(&next, word);

		if (likeness <= best)
			continue;
		best = likeness;
		*fit = next;
	}
	return best != NOTHING_LIKE;
}
