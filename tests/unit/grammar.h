/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* For tests of lib/cli: a small grammar with one of everything. */
#ifndef XH_TESTS_UNIT_GRAMMAR_H
#define XH_TESTS_UNIT_GRAMMAR_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h" /* before cmocka.h, which defines a macro fail() */
#include "cli/cli.h"

#include <cmocka.h>

struct hook {
	const char *name;
	int number;
};

static const struct hook hooks[] = { { "xdp", 0 }, { "xdpgeneric", 1 }, { "xdpdrv", 2 } };
static const struct choices hook_names = CHOICES("ATTACH_TYPE", hooks);

struct list_options {
	const char *file;
	bool full;
};

struct attach_options {
	const struct hook *hook;
	const char *prog, *dev;
	struct cli_u32 priority;
	bool overwrite, dry_run;
};

static const struct command prog_list = {
	.name = "list",
	.alias = "show",
	.summary = "List them",
	.args =
		(const struct arg[]){
			{ ARG_WORD(struct list_options, file), .metavar = "FILE",
			  .help = "A file" },
			{ .keyword = "full",
			  ARG_FLAG(struct list_options, full),
			  .help = "All of it" },
			{ 0 },
		},
	.options_size = sizeof(struct list_options),
};

static const struct command prog_load = { .name = "load", .summary = "Load one" };
static const struct command dump_xlated = { .name = "xlated", .summary = "Instructions" };
static const struct command dump_jited = { .name = "jited", .summary = "Machine code" };

static const struct command prog_dump = {
	.name = "dump",
	.summary = "Show code",
	.sub = (const struct command *const[]){ &dump_xlated, &dump_jited, NULL },
	.needs_word = true,
};

static const struct command net_attach = {
	.name = "attach",
	.summary = "Attach a program",
	.args =
		(const struct arg[]){
			{ ARG_CHOICE(struct attach_options, hook, struct hook, &hook_names),
			  .required = true, .help = "Where" },
			{ ARG_WORD(struct attach_options, prog), .required = true,
			  .metavar = "PROG" },
			{ .keyword = "dev",
			  ARG_WORD(struct attach_options, dev),
			  .required = true,
			  .metavar = "DEV",
			  .help = "To which device" },
			{ .keyword = "priority", ARG_U32(struct attach_options, priority) },
			{ .keyword = "overwrite", ARG_FLAG(struct attach_options, overwrite) },
			{ .keyword = "--dry-run", ARG_FLAG(struct attach_options, dry_run) },
			{ 0 },
		},
	.options_size = sizeof(struct attach_options),
};

static const struct command prog = {
	.name = "prog",
	.summary = "Programs",
	.sub = (const struct command *const[]){ &prog_list, &prog_load, &prog_dump, NULL },
};
static const struct command perf = { .name = "perf", .summary = "Events" };
static const struct command net = {
	.name = "net",
	.summary = "Network",
	.sub = (const struct command *const[]){ &net_attach, NULL },
	.needs_word = true,
};

static const struct command root = {
	.name = "xh",
	.summary = "The root",
	.sub = (const struct command *const[]){ &prog, &perf, &net, NULL },
	.needs_word = true,
};

struct flags {
	bool json, pretty, debug, dash;
	const char *base;
};

#define FLAG(MEMBER) \
	.slot = SLOT(struct flags, MEMBER, bool), .also = offsetof(struct flags, MEMBER)

static const struct option global_options[] = {
	{ 'j', "json", NULL, "Print JSON", FLAG(json) },
	{ 'p', "pretty", NULL, "Print it indented", .slot = SLOT(struct flags, pretty, bool),
	  .also = SLOT(struct flags, json, bool) },
	{ 'd', "debug", NULL, "Say more", FLAG(debug) },
	{ 0, "dash", NULL, "Has no letter", FLAG(dash) },
	{ 'B', "base-btf", "FILE", "Where it is", .slot = SLOT(struct flags, base, const char *) },
	{ 0 },
};

/* A command line as the shell would split it at blanks; '' is an empty word. */
struct line {
	char text[512];
	char *words[64];
};

static inline char **line_split(struct line *line, const char *text)
{
	size_t count = 0;
	char *rest = line->text, *word;

	assert_true(strlen(text) < sizeof(line->text));
	strcpy(line->text, text);
	while ((word = strsep(&rest, " "))) {
		if (!*word)
			continue;
		if (!strcmp(word, "''"))
			*word = '\0';
		assert_true(count < 63);
		line->words[count++] = word;
	}
	line->words[count] = NULL;
	return line->words;
}

#endif
