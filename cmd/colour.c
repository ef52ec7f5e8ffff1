// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* --color: whether what is written may hold the escape sequences of a terminal. */
#include "colour.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"

static const char *const words[] = { "auto", "always", "never" };

#define WORDS (sizeof(words) / sizeof(words[0]))

int colour_check(const char *when)
{
	for (size_t i = 0; when && i < WORDS; i++) {
		if (!strcmp(when, words[i]))
			return 0;
	}
	if (!when)
		return 0;
	return fail_plain(-EINVAL, "--color is auto, always or never, not '%s'", when);
}

bool colour_wanted(const char *when, int fd)
{
	const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");

	if (when && strcmp(when, "auto") != 0)
		return !strcmp(when, "always");
	if ((no_color && *no_color) || !isatty(fd))
		return false;
	return term && strcmp(term, "dumb") != 0;
}

void colour_suggest(const struct arg *arg, struct suggestions *to)
{
	(void)arg;
	for (size_t i = 0; i < WORDS; i++)
		suggest_add(to, words[i], NULL);
}
