// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Words that would complete a command line. */
#include "cli/suggest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/text.h"
#include "cli/fit.h"

void suggest_free(struct suggestions *suggestions)
{
	vec_each (row, &suggestions->rows) {
		free(row->word);
		free(row->help);
	}
	vec_free(&suggestions->rows);
}

bool suggest_wants(const struct suggestions *to, const char *word)
{
	return text_starts(word, to->typed);
}

/* What cannot be shown cannot be chosen. */
static bool is_printable(const char *word)
{
	size_t rest = strlen(word), len;

	for (; rest; word += len, rest -= len) {
		len = text_printable(word, rest);
		if (!len)
			return false;
	}
	return true;
}

void suggest_add(struct suggestions *to, const char *word, const char *help)
{
	struct suggestion row;

	if (!suggest_wants(to, word) || !is_printable(word))
		return;
	row = (struct suggestion){ strdup(word), help ? strdup(help) : NULL };
	if (row.word && !vec_push(&to->rows, row))
		return;
	free(row.word);
	free(row.help);
}

void suggest_choices(const struct arg *arg, struct suggestions *to)
{
	if (*to->value && !arg->type->takes_rest)
		return;
	for (size_t i = 0; i < arg->among->count; i++)
		suggest_add(to, choices_name(arg->among, i), NULL);
}

/* Numbers in the order of their values. */
static int compare(const void *a, const void *b)
{
	const struct suggestion *left = a, *right = b;

	return strverscmp(left->word, right->word);
}

static void sort(struct suggestions *to)
{
	size_t kept = 0;

	if (to->rows.n)
		qsort(to->rows.v, to->rows.n, sizeof(*to->rows.v), compare);
	vec_each (row, &to->rows) {
		if (kept && !strcmp(to->rows.v[kept - 1].word, row->word)) {
			free(row->word);
			free(row->help);
		} else {
			to->rows.v[kept++] = *row;
		}
	}
	to->rows.n = kept;
}

static void add_fit(const struct fit *fit, struct suggestions *to)
{
	if (fit->given || (fit->command && fit->command->hidden))
		return;
	if (fit->word) {
		suggest_add(to, fit->word, fit->help);
		/* The second name is for those who begin to type it. */
		if (fit->alias && *to->typed)
			suggest_add(to, fit->alias, fit->help);
	} else if (fit->arg->type->suggest) {
		fit->arg->type->suggest(fit->arg, to);
	}
}

void cli_suggest(const struct command *root, char *const *words, struct suggestions *to)
{
	char *const nothing[] = { NULL };
	struct parsed parsed;
	struct fit fit;

	if (cli_reach(root, words, &parsed)) {
		fail_clear();
		return;
	}
	to->value = parsed.within ? parsed.value : nothing;
	to->options = parsed.options;
	for (size_t row = 0; fit_next(&parsed, &row, &fit);)
		add_fit(&fit, to);
	to->value = NULL;
	to->options = NULL;
	free(parsed.options);
	sort(to);
}

void cli_suggest_options(const struct option *options, struct suggestions *to)
{
	char word[64];

	for (const struct option *option = options; to->typed[0] == '-' && option->name; option++) {
		if (option->letter && !to->typed[1]) {
			snprintf(word, sizeof(word), "-%c", option->letter);
			suggest_add(to, word, option->help);
		}
		snprintf(word, sizeof(word), "--%s", option->name);
		suggest_add(to, word, option->help);
	}
}
