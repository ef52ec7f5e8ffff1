// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* From words to typed options, by the tables; nothing is opened or looked up here. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/cleanup.h"
#include "base/err.h"
#include "base/num.h"
#include "base/text.h"
#include "cli/cli.h"
#include "cli/expect.h"

const char *words_next(struct words *words)
{
	return *words->at ? *words->at++ : NULL;
}

const char *choices_name(const struct choices *choices, size_t index)
{
	return *(const char *const *)((const char *)choices->rows + index * choices->row_size);
}

bool cli_fits(const char *word, const char *name)
{
	return *word && text_starts(name, word);
}

static int parse_word(const struct arg *arg, struct words *words, void *slot)
{
	const char *word = words_next(words);

	if (!word || !*word)
		return fail_plain(-EINVAL, "%s is missing", arg->metavar ?: arg->type->name);
	*(const char **)slot = word;
	return 0;
}

static int parse_choice(const struct arg *arg, struct words *words, void *slot)
{
	const struct choices *among = arg->among;
	const char *word = words_next(words);

	for (int exact = 1; word && exact >= 0; exact--) {
		for (size_t i = 0; i < among->count; i++) {
			const char *name = choices_name(among, i);

			if (exact ? strcmp(word, name) : !cli_fits(word, name))
				continue;
			*(const void **)slot = (const char *)among->rows + i * among->row_size;
			return 0;
		}
	}
	return expect_choice(arg, word);
}

static int parse_u32(const struct arg *arg, struct words *words, void *slot)
{
	const char *word = words_next(words);
	struct cli_u32 *number = slot;
	uint64_t value;
	int err;

	if (!word)
		return fail_plain(-EINVAL, "a number is missing after '%s'", arg->keyword);
	err = num_parse(arg->keyword ?: arg->metavar, word, UINT32_MAX, &value);
	if (!err)
		*number = (struct cli_u32){ .given = true, .value = (uint32_t)value };
	return err;
}

const struct arg_type cli_word = { .name = "WORD", .parse = parse_word };
const struct arg_type cli_flag = { .name = "flag" };
const struct arg_type cli_choice = { .name = "CHOICE", .parse = parse_choice };
const struct arg_type cli_u32 = { .name = "NUMBER", .parse = parse_u32 };

/* The operand whose keyword `word` is, exactly or as its beginning; NULL when there is none. */
static const struct arg *by_keyword(const struct arg *args, const char *word)
{
	for (const struct arg *arg = args; arg->type; arg++) {
		if (arg->keyword && !strcmp(arg->keyword, word))
			return arg;
	}
	for (const struct arg *arg = args; arg->type; arg++) {
		if (arg->keyword && cli_fits(word, arg->keyword) && word[0] != '-')
			return arg;
	}
	return NULL;
}

static bool is_given(const struct arg *args, const struct arg *arg, uint64_t given)
{
	return given >> (arg - args) & 1;
}

/* The next operand without a keyword that has not been given. */
static const struct arg *next_in_order(const struct arg *args, uint64_t given)
{
	for (const struct arg *arg = args; arg->type; arg++) {
		if (!arg->keyword && !is_given(args, arg, given))
			return arg;
	}
	return NULL;
}

/* Which operand the word at the cursor begins; keywords give way only to operands that must come.
 */
static const struct arg *which(const struct arg *args, const char *word, uint64_t given)
{
	const struct arg *in_order = next_in_order(args, given);
	const struct arg *named = by_keyword(args, word);

	if (in_order && in_order->required && !(named && word[0] == '-'))
		return in_order;
	return named ?: in_order;
}

static int parse_one(const struct arg *arg, struct words *words, void *options)
{
	char *slot = (char *)options + arg->slot;

	if (arg->keyword)
		words_next(words);
	if (arg->type == &cli_flag) {
		*(bool *)slot = true;
		return 0;
	}
	return arg->type->parse(arg, words, slot);
}

static int parse_args(const struct parsed *parsed, struct words *words)
{
	const struct arg *args = parsed->path[parsed->depth]->args;
	uint64_t given = 0;

	while (*words->at) {
		const struct arg *arg = args ? which(args, *words->at, given) : NULL;
		int err;

		if (!arg)
			return expect_nothing_like(parsed, given, *words->at);
		if (is_given(args, arg, given))
			return fail_plain(-EINVAL, "'%s' is given twice", arg->keyword);
		given |= 1ULL << (arg - args);
		err = parse_one(arg, words, parsed->options);
		if (err)
			return err;
	}
	for (const struct arg *arg = args; arg && arg->type; arg++) {
		if (arg->required && !is_given(args, arg, given))
			return expect_missing(parsed, arg);
	}
	return 0;
}

static const struct command *sub_command(const struct command *command, const char *word)
{
	for (const struct command *const *sub = command->sub; *sub; sub++) {
		if (!strcmp((*sub)->name, word) || ((*sub)->alias && !strcmp((*sub)->alias, word)))
			return *sub;
	}
	for (const struct command *const *sub = command->sub; *sub; sub++) {
		if (cli_fits(word, (*sub)->name) ||
		    ((*sub)->alias && cli_fits(word, (*sub)->alias)))
			return *sub;
	}
	return NULL;
}

static void descend(struct parsed *parsed, const struct command *command)
{
	parsed->path[++parsed->depth] = command;
}

/* "xh help prog load" asks about the same as "xh prog load help". */
static int find_topic(struct parsed *parsed, struct words *words)
{
	parsed->help = true;
	words_next(words);
	while (*words->at && parsed->path[parsed->depth]->sub) {
		const char *word = words_next(words);
		const struct command *sub = sub_command(parsed->path[parsed->depth], word);

		if (!sub)
			return expect_command(parsed, word);
		descend(parsed, sub);
	}
	return 0;
}

/* Down the tree as far as words are commands; then the first verb where none is needed. */
static int find(struct parsed *parsed, struct words *words)
{
	while (parsed->path[parsed->depth]->sub) {
		const struct command *command = parsed->path[parsed->depth], *sub;
		const char *word = *words->at;

		if (!word && !command->needs_word) {
			descend(parsed, command->sub[0]);
			continue;
		}
		if (word && cli_fits(word, "help") && !sub_command(command, word))
			return find_topic(parsed, words);
		sub = word ? sub_command(command, word) : NULL;
		if (!sub)
			return expect_command(parsed, word);
		words_next(words);
		descend(parsed, sub);
	}
	return 0;
}

/* "help" after a verb asks about the verb, unless the verb takes a first word that may be any. */
static bool asks_help(const struct parsed *parsed, const struct words *words)
{
	return *words->at && !strcmp(*words->at, "help") && !words->at[1] && parsed->depth;
}

int cli_parse(const struct command *root, char *const *words, struct parsed *parsed)
{
	struct words cursor = { .at = words };
	int err;

	*parsed = (struct parsed){ .path = { root } };
	err = find(parsed, &cursor);
	if (err || parsed->help)
		return err;
	if (asks_help(parsed, &cursor)) {
		parsed->help = true;
		return 0;
	}
	parsed->options = calloc(1, parsed->path[parsed->depth]->options_size + 1);
	if (!parsed->options)
		return fail(-ENOMEM, "reading the command line");
	err = parse_args(parsed, &cursor);
	if (err)
		free(take_ptr(parsed->options));
	return err;
}

void cli_find(const struct command *root, char *const *words, struct parsed *parsed)
{
	*parsed = (struct parsed){ .path = { root }, .help = true };
	for (; *words && parsed->path[parsed->depth]->sub; words++) {
		const struct command *sub = sub_command(parsed->path[parsed->depth], *words);

		if (!sub)
			return;
		descend(parsed, sub);
	}
}
