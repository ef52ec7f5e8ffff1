// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Usage and help texts, computed from the tables. */
#include <string.h>

#include "base/buf.h"
#include "cli/cli.h"

const char *cli_value_name(const struct arg *arg)
{
	return arg->metavar ?: arg->among ? arg->among->name : arg->type->name;
}

static void usage_arg(const struct arg *arg, struct buf *text)
{
	buf_addstr(text, arg->required ? " " : " [");
	if (arg->keyword)
		buf_addstr(text, arg->keyword);
	if (arg->type != &cli_flag)
		buf_printf(text, "%s%s", arg->keyword ? " " : "", cli_value_name(arg));
	if (!arg->required)
		buf_addch(text, ']');
	if (arg->repeats)
		buf_addstr(text, "...");
}

static void usage_names(const struct command *command, struct buf *text)
{
	if (command->alias)
		buf_printf(text, " { %s | %s }", command->name, command->alias);
	else
		buf_printf(text, " %s", command->name);
}

void cli_usage(const struct parsed *parsed, struct buf *text)
{
	const struct command *last = parsed->path[parsed->depth];

	buf_addstr(text, "xh");
	for (size_t i = 1; i <= parsed->depth; i++)
		usage_names(parsed->path[i], text);
	for (const struct arg *arg = last->args; arg && arg->type; arg++)
		usage_arg(arg, text);
}

#define LINE_WIDTH 80
#define HANG_WIDTH 10 /* and the blank before a word */

/* The length of what stays in one line: up to a blank that is in no bracket. */
static size_t unbroken(const char *words)
{
	size_t len = strspn(words, " ");
	int depth = 0;

	for (; words[len] && (depth || words[len] != ' '); len++) {
		if (strchr("[{", words[len]))
			depth++;
		else if (strchr("]}", words[len]))
			depth--;
	}
	return len;
}

static void add_wrapped(struct buf *text, const char *line)
{
	size_t column = 0;

	while (*line) {
		size_t len = unbroken(line);

		if (column && column + len > LINE_WIDTH) {
			buf_printf(text, "\n%*s", HANG_WIDTH, "");
			column = HANG_WIDTH;
		}
		buf_add(text, line, len);
		column += len;
		line += len;
	}
	buf_addch(text, '\n');
}

/* One usage line for each way down from here that can be run. */
static void usage_tree(struct parsed *parsed, struct buf *text)
{
	const struct command *command = parsed->path[parsed->depth];

	if (!command->sub) {
		struct buf usage AUTO_BUF = BUF_EMPTY;

		buf_addstr(&usage, "       ");
		cli_usage(parsed, &usage);
		add_wrapped(text, buf_str(&usage));
		return;
	}
	for (const struct command *const *sub = command->sub; *sub; sub++) {
		if ((*sub)->hidden)
			continue;
		parsed->path[++parsed->depth] = *sub;
		usage_tree(parsed, text);
		parsed->depth--;
	}
}

#define LEFT_WIDTH 22

static void row(struct buf *text, const char *left, const char *right)
{
	bool narrow = strlen(left) <= LEFT_WIDTH;

	if (!right || !narrow)
		buf_printf(text, "  %s\n", left);
	if (right)
		buf_printf(text, "  %-*s %s\n", LEFT_WIDTH, narrow ? left : "", right);
}

static void help_commands(const struct command *command, struct buf *text)
{
	for (const struct command *const *sub = command->sub; *sub; sub++) {
		if (!(*sub)->hidden)
			row(text, (*sub)->name, (*sub)->summary);
	}
}

static void help_arg(const struct arg *arg, struct buf *text)
{
	struct buf left AUTO_BUF = BUF_EMPTY;

	if (arg->keyword)
		buf_addstr(&left, arg->keyword);
	if (arg->type != &cli_flag)
		buf_printf(&left, "%s%s", arg->keyword ? " " : "", cli_value_name(arg));
	row(text, buf_str(&left), arg->help ?: arg->type->help);
}

void cli_spec(const struct arg_type *type, struct buf *text)
{
	if (type->spec)
		buf_addstr(text, type->spec);
	for (size_t i = 0; type->forms && i < type->forms->count; i++) {
		const struct arg_form *form = choices_row(type->forms, i);

		buf_printf(text, "%s%s %s", i ? " | " : "{ ", form->keyword, form->value);
	}
	if (type->forms)
		buf_addstr(text, " }");
}

/* Several operands may be chosen from one set, or be written in one way. */
static bool begins_spec(const char *name, struct buf *text)
{
	struct buf head AUTO_BUF = BUF_EMPTY;

	buf_printf(&head, "\n%s := ", name);
	if (strstr(buf_str(text), buf_str(&head)))
		return false;
	buf_addstr(text, buf_str(&head));
	return true;
}

/* "ATTACH_TYPE := { xdp | xdpgeneric }" */
static void help_choices(const struct choices *among, struct buf *text)
{
	if (!begins_spec(among->name, text))
		return;
	for (size_t i = 0; i < among->count; i++)
		buf_printf(text, "%s %s", i ? " |" : "{", choices_name(among, i));
	buf_addstr(text, " }\n");
}

/* "PROG := { id ID | … }", and what stands in it; types do not mention each other in a circle. */
static void help_type(const struct arg_type *type, struct buf *text)
{
	if ((type->spec || type->forms) && begins_spec(type->name, text)) {
		cli_spec(type, text);
		buf_addch(text, '\n');
	}
	for (size_t i = 0; type->mentions && type->mentions[i]; i++)
		help_type(type->mentions[i], text);
}

static void help_verb(const struct command *command, struct buf *text)
{
	if (!command->args || !command->args->type)
		return;
	buf_addch(text, '\n');
	for (const struct arg *arg = command->args; arg->type; arg++)
		help_arg(arg, text);
	for (const struct arg *arg = command->args; arg->type; arg++) {
		if (arg->among)
			help_choices(arg->among, text);
		else
			help_type(arg->type, text);
	}
}

static void help_examples(const struct command *command, struct buf *text)
{
	if (!command->examples)
		return;
	buf_addstr(text, "\nExamples:\n");
	for (const char *const *example = command->examples; *example; example++)
		buf_printf(text, "  %s\n", *example);
}

static void help_options(const struct option *options, struct buf *text)
{
	buf_addstr(text, "\nOptions, anywhere on the line:\n");
	for (const struct option *option = options; option->name; option++) {
		struct buf left AUTO_BUF = BUF_EMPTY;

		if (option->letter)
			buf_printf(&left, "-%c, ", option->letter);
		else
			buf_addstr(&left, "    ");
		buf_printf(&left, "--%s%s%s", option->name, option->takes ? " " : "",
			   option->takes ?: "");
		row(text, buf_str(&left), option->help);
	}
}

void cli_help(const struct parsed *parsed, const struct option *options, struct buf *text)
{
	const struct command *command = parsed->path[parsed->depth];
	struct parsed walk = *parsed;

	if (!parsed->depth) {
		buf_addstr(text, "Usage: xh [OPTIONS] OBJECT [VERB] [OPERANDS]\n");
		buf_addstr(text, "       xh OBJECT [VERB] help\n\n");
		help_commands(command, text);
		help_options(options, text);
		return;
	}
	buf_printf(text, "%s\n\n", command->summary);
	size_t at = text->len;
	usage_tree(&walk, text);
	if (text->len >= at + 6)
		memcpy(text->data + at, "Usage:", 6);
	if (!command->sub) {
		help_verb(command, text);
	} else {
		buf_addch(text, '\n');
		help_commands(command, text);
	}
	help_examples(command, text);
}
