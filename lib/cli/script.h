/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Command lines in a file → words. */
#ifndef XH_CLI_SCRIPT_H
#define XH_CLI_SCRIPT_H

#include "base/vec.h"

/* A reading position in text, which is taken apart in its place. */
struct script {
	char *next;
	unsigned int line;  /* where the command begins that was read last, from 1 */
	unsigned int lines; /* read so far */
	struct script_words VEC(char *) words; /* of that command, then a NULL */
};

#define AUTO_SCRIPT __attribute__((cleanup(script_free)))

/*
 * Reads the next command: words set apart by blanks. What stands between two ' or two " belongs to
 * one word as it is; outside of them # begins a comment, and a line whose last character is \ goes
 * on in the next. Lines without a word are passed over.
 *
 * 1; 0 at the end; -EINVAL for a quotation that does not end in its line, or -ENOMEM, with the
 * failure recorded. After -EINVAL the words before it are there, and the next command can be read.
 */
int script_next(struct script *script);
void script_free(struct script *script);

#endif
