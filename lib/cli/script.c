// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Command lines in a file → words. */
#include "cli/script.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"

#define BLANKS " \t\r\f\v"

/* Where the line at `at` is continued: after its \ and newline; NULL when they are not there. */
static char *continued(char *at)
{
	if (*at != '\\')
		return NULL;
	at++;
	at += *at == '\r';
	return *at == '\n' ? at + 1 : NULL;
}

static char *skip_blanks(struct script *script, char *at)
{
	char *after;

	for (;;) {
		at += strspn(at, BLANKS);
		after = continued(at);
		if (!after)
			return *at == '#' ? at + strcspn(at, "\n") : at;
		script->lines++;
		at = after;
	}
}

static bool ends_word(char *at)
{
	return !*at || strchr(BLANKS "\n#", *at) || continued(at);
}

/* Moves the word at `at` together, quotes left out; where it ended, or NULL: a quote has no end. */
static char *read_word(char *at, char **end)
{
	char *to = at;

	while (!ends_word(at)) {
		char quote = *at;
		size_t len = 1;

		if (quote == '\'' || quote == '"') {
			at++;
			len = strcspn(at, quote == '"' ? "\"\n" : "'\n");
			if (at[len] != quote)
				return NULL;
		}
		memmove(to, at, len);
		to += len;
		at += len + (quote == '\'' || quote == '"');
	}
	*end = to;
	return at;
}

static int add(struct script *script, char *word)
{
	return vec_push(&script->words, word) ? fail(-ENOMEM, "read a command") : 0;
}

static char *begin_line(struct script *script, char *at)
{
	script->line = ++script->lines;
	script->words.n = 0;
	return skip_blanks(script, at);
}

static int fail_quotation(char *word, char **at)
{
	*at = word + strcspn(word, "\n");
	return fail_plain(-EINVAL, "a quotation has no end");
}

/* Words end where the next blank is: that is read before the NUL is put in its place. */
static int read_line(struct script *script)
{
	char *at = begin_line(script, script->next), *ended = NULL;
	int err = 0;

	while (!err && *at && *at != '\n') {
		char *word = at, *end;

		at = read_word(at, &end);
		if (!at) {
			err = fail_quotation(word, &at);
			break;
		}
		at = skip_blanks(script, at);
		if (ended)
			*ended = '\0';
		ended = end;
		err = add(script, word);
	}
	script->next = at + (*at == '\n');
	if (ended)
		*ended = '\0';
	return err;
}

int script_next(struct script *script)
{
	while (*script->next) {
		int err = read_line(script);

		if (err)
			return err;
		if (script->words.n)
			return add(script, NULL) ?: 1;
	}
	return 0;
}

void script_free(struct script *script)
{
	vec_free(&script->words);
}
