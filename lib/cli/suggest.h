/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Words that would complete a command line. */
#ifndef XH_CLI_SUGGEST_H
#define XH_CLI_SUGGEST_H

#include "base/vec.h"
#include "cli/cli.h"

struct suggestion {
	char *word;
	char *help; /* or NULL */
};

struct suggestions {
	const char *typed;   /* the beginning of the word that is wanted; "" for any */
	char *const *value;  /* the words of the operand that come before it, ending with NULL */
	const void *options; /* the operands before it, as far as they were read; or NULL */
	struct VEC(struct suggestion) rows;
};

void suggest_free(struct suggestions *suggestions);
#define AUTO_SUGGESTIONS __attribute__((cleanup(suggest_free)))

/* True when `word` goes on as the typed one begins: before it costs something to know its help. */
bool suggest_wants(const struct suggestions *to, const char *word);

/*
 * Adds a copy of `word`, if it is wanted and fit to be shown; `help` may be NULL. Out of memory it
 * adds nothing.
 */
void suggest_add(struct suggestions *to, const char *word, const char *help);

/* A `suggest` of operands with choices: adds them. */
void suggest_choices(const struct arg *arg, struct suggestions *to);

/*
 * Adds all that fits after `words` (ending with NULL), the cursor standing in `to->typed`. Words
 * that do not fit the grammar give no suggestion. Then rows are in order, each word once.
 */
void cli_suggest(const struct command *root, char *const *words, struct suggestions *to);

/* Adds the global options that go on as typed: only where it begins with a dash. */
void cli_suggest_options(const struct option *options, struct suggestions *to);

#endif
