// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The grammar in mdoc macros, for the SYNOPSIS of a manual page. */
#include "base/buf.h"
#include "cli/cli.h"

/* Fl prints a dash of its own. */
static void operand(const struct arg *arg, struct buf *text)
{
	const char *keyword = arg->keyword;
	const char *before = arg->required ? "." : ".Op ";

	if (keyword) {
		bool dashes = keyword[0] == '-';

		buf_printf(text, "%s%s %s", before, dashes ? "Fl" : "Cm", keyword + dashes);
		before = " ";
	}
	if (arg->type != &cli_flag)
		buf_printf(text, "%sAr %s", before, cli_value_name(arg));
	buf_addstr(text, arg->repeats ? " ...\n" : "\n");
}

static void name(const struct command *command, struct buf *text)
{
	if (command->alias)
		buf_printf(text, ".Brq Cm %s | %s\n", command->name, command->alias);
	else
		buf_printf(text, ".Cm %s\n", command->name);
}

/* `parsed` is longer meanwhile and the same afterwards. */
static void forms(struct parsed *parsed, struct buf *text)
{
	const struct command *last = parsed->path[parsed->depth];

	for (const struct command *const *sub = last->sub; sub && *sub; sub++) {
		if ((*sub)->hidden)
			continue;
		parsed->path[++parsed->depth] = *sub;
		forms(parsed, text);
		parsed->depth--;
	}
	if (last->sub)
		return;
	buf_addstr(text, ".Nm xh\n");
	for (size_t i = 1; i <= parsed->depth; i++)
		name(parsed->path[i], text);
	for (const struct arg *arg = last->args; arg && arg->type; arg++)
		operand(arg, text);
}

void cli_synopsis(const struct parsed *parsed, struct buf *text)
{
	struct parsed walk = *parsed;

	forms(&walk, text);
}
