// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Global options, wherever on the line they stand. */
#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "base/err.h"
#include "cli/cli.h"

static void set_flag(const struct option *option, void *flags)
{
	*(bool *)((char *)flags + option->slot) = true;
	*(bool *)((char *)flags + option->also) = true;
}

static int set_value(const struct option *option, const char *value, void *flags)
{
	if (!value || !*value)
		return fail_plain(-EINVAL, "option --%s needs a %s", option->name, option->takes);
	*(const char **)((char *)flags + option->slot) = value;
	return 0;
}

/* The option of a long name, in full or shortened to a start that only one has. */
static const struct option *by_name(const struct option *options, const char *word, size_t len)
{
	const struct option *only = NULL;

	for (const struct option *option = options; option->name; option++) {
		if (len == 0 || strncmp(option->name, word, len))
			continue;
		if (!option->name[len])
			return option;
		if (only)
			return NULL;
		only = option;
	}
	return only;
}

/* Reads "-jp" or "-B FILE": how many of the words after it were its value, or a negative errno. */
static int letters(const struct option *options, char *const *at, void *flags)
{
	for (const char *letter = *at + 1; *letter; letter++) {
		const struct option *option = options;

		while (option->name && option->letter != *letter)
			option++;
		if (!option->name) {
			fail_plain(-EINVAL, "unknown option '-%c' in '%s'", *letter, *at);
			return fail_hint("'xh help' lists the options");
		}
		if (option->takes)
			return letter[1] ? set_value(option, letter + 1, flags) :
					   set_value(option, at[1], flags) ?: 1;
		set_flag(option, flags);
	}
	return 0;
}

/* The same for "--json" and "--base-btf FILE"; `option` is what the word was found to be. */
static int long_option(const struct option *option, char *const *at, void *flags)
{
	const char *value = strchr(*at, '=');

	if (option->takes)
		return value ? set_value(option, value + 1, flags) :
			       set_value(option, at[1], flags) ?: 1;
	if (value)
		return fail_plain(-EINVAL, "option --%s takes no value", option->name);
	set_flag(option, flags);
	return 0;
}

/* "-" is a file, "-1" a number: neither is an option. */
static bool is_letters(const char *word)
{
	return word[0] == '-' && word[1] && word[1] != '-' && !isdigit((unsigned char)word[1]);
}

const struct option *cli_option_awaits(const struct option *options, const char *word)
{
	const struct option *option = NULL;

	if (!strncmp(word, "--", 2)) {
		option = strchr(word, '=') ? NULL : by_name(options, word + 2, strlen(word + 2));
		return option && option->takes ? option : NULL;
	}
	for (const char *letter = word + 1; is_letters(word) && *letter; letter++) {
		for (option = options; option->name && option->letter != *letter; option++)
			;
		if (option->takes)
			return letter[1] ? NULL : option;
	}
	return NULL;
}

int cli_options(const struct option *options, char **words, void *flags)
{
	char **keep = words, **at = words;
	int err = 0;

	for (; *at && strcmp(*at, "--") != 0; at++) {
		const struct option *option = NULL;
		int taken;

		if (!strncmp(*at, "--", 2))
			option = by_name(options, *at + 2, strcspn(*at + 2, "="));
		if (option) {
			taken = long_option(option, at, flags);
		} else if (is_letters(*at)) {
			taken = letters(options, at, flags);
		} else {
			*keep++ = *at;
			continue;
		}
		/* Goes on: a later -j says how the failure is to be shown. */
		if (taken < 0)
			err = taken;
		else
			at += taken;
	}
	if (*at)
		at++;
	while (*at)
		*keep++ = *at++;
	*keep = NULL;
	return err;
}
