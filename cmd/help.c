// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Help: a screen of text, or the grammar as data. */
#include "help.h"

#include "base/buf.h"
#include "commands.h"

static void show_choices(struct out *out, const struct choices *among)
{
	out_array(out, "choices");
	for (size_t i = 0; i < among->count; i++)
		out_str(out, NULL, NULL, choices_name(among, i));
	out_end(out);
}

static void show_operand(struct out *out, const struct arg *arg)
{
	const char *help = arg->help ?: arg->type->help;
	struct buf spec AUTO_BUF = BUF_EMPTY;

	cli_spec(arg->type, &spec);
	out_object(out, NULL);
	if (arg->keyword)
		out_str(out, "keyword", NULL, arg->keyword);
	if (arg->type != &cli_flag) {
		out_str(out, "value", NULL, cli_value_name(arg));
		out_str(out, "type", NULL, arg->type->name);
	}
	if (spec.len)
		out_str(out, "spec", NULL, buf_str(&spec));
	out_bool(out, "required", NULL, arg->required);
	out_bool(out, "repeats", NULL, arg->repeats);
	if (help)
		out_str(out, "help", NULL, help);
	if (arg->among)
		show_choices(out, arg->among);
	out_end(out);
}

static void show_operands(struct out *out, const struct arg *arg)
{
	out_array(out, "operands");
	for (; arg && arg->type; arg++)
		show_operand(out, arg);
	out_end(out);
}

static void show_examples(struct out *out, const char *const *examples)
{
	out_array(out, "examples");
	for (; *examples; examples++)
		out_str(out, NULL, NULL, *examples);
	out_end(out);
}

static void show_command(struct out *out, const struct command *command);

static void show_commands(struct out *out, const struct command *const *sub)
{
	out_array(out, "commands");
	for (; *sub; sub++) {
		if ((*sub)->hidden)
			continue;
		out_object(out, NULL);
		show_command(out, *sub);
		out_end(out);
	}
	out_end(out);
}

/* The tables are as deep as struct parsed has room for. */
static void show_command(struct out *out, const struct command *command)
{
	out_str(out, "name", NULL, command->name);
	if (command->alias)
		out_str(out, "alias", NULL, command->alias);
	out_str(out, "summary", NULL, command->summary);
	if (command->sub) {
		out_bool(out, "needs_word", NULL, command->needs_word);
		show_commands(out, command->sub);
	} else {
		show_operands(out, command->args);
	}
	if (command->examples)
		show_examples(out, command->examples);
}

static void show_options(struct out *out)
{
	out_array(out, "options");
	for (const struct option *option = global_options; option->name; option++) {
		out_object(out, NULL);
		if (option->letter)
			out_strn(out, "letter", NULL, &option->letter, 1);
		out_str(out, "name", NULL, option->name);
		if (option->takes)
			out_str(out, "value", NULL, option->takes);
		out_str(out, "help", NULL, option->help);
		out_end(out);
	}
	out_end(out);
}

int help_show(struct xh *xh, const struct parsed *parsed)
{
	struct buf text AUTO_BUF = BUF_EMPTY;

	cli_help(parsed, global_options, &text);
	out_object(xh->out, NULL);
	out_str(xh->out, "help", NULL, buf_str(&text));
	out_text(xh->out, buf_str(&text));
	show_command(xh->out, parsed->path[parsed->depth]);
	if (!parsed->depth)
		show_options(xh->out);
	out_end(xh->out);
	return buf_err(&text);
}
