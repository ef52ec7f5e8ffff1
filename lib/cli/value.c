// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The operand types that need nothing but the words. */
#include <errno.h>
#include <string.h>

#include "base/err.h"
#include "base/num.h"
#include "cli/cli.h"
#include "cli/expect.h"
#include "cli/suggest.h"

const void *choices_row(const struct choices *choices, size_t index)
{
	return (const char *)choices->rows + index * choices->row_size;
}

const char *choices_name(const struct choices *choices, size_t index)
{
	return *(const char *const *)choices_row(choices, index);
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
			*(const void **)slot = choices_row(among, i);
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

static int parse_rest(const struct arg *arg, struct words *words, void *slot)
{
	(void)arg;
	*(char *const **)slot = words->at;
	while (words_next(words))
		;
	return 0;
}

const struct arg_type cli_word = { .name = "WORD", .parse = parse_word };
const struct arg_type cli_flag = { .name = "flag" };
const struct arg_type cli_choice = {
	.name = "CHOICE",
	.parse = parse_choice,
	.suggest = suggest_choices,
};
const struct arg_type cli_u32 = { .name = "NUMBER", .parse = parse_u32 };
const struct arg_type cli_rest = { .name = "WORD...", .parse = parse_rest, .takes_rest = true };
