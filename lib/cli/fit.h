/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What fits at a point of the command line: the one answer for parser, errors and completion. */
#ifndef XH_CLI_FIT_H
#define XH_CLI_FIT_H

#include "cli/cli.h"

/* A word that may come next, or the value of an operand. */
struct fit {
	const char *word;  /* NULL: a value, of `arg` */
	const char *alias; /* another spelling of the word, or NULL */
	const char *help;
	const struct command
		*command; /* what the word goes down to; NULL for "help" and operands */
	const struct arg *arg;
	bool given; /* it was before, and may not be given again */
};

/* The next of what fits after what was read; *row begins at 0. False at the end. */
bool fit_next(const struct parsed *parsed, size_t *row, struct fit *fit);

/*
 * What `word` is here: a whole word goes before the beginning of one, that before the value of an
 * operand; but a value that can be any word goes before the beginning.
 */
bool fit_find(const struct parsed *parsed, const char *word, struct fit *fit);

#endif
