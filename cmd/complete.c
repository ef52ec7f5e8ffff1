// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* `xh complete -- xh WORD...`: what may stand for the last word, for the shells' completion. */
#include <string.h>

#include "base/err.h"
#include "cli/suggest.h"
#include "commands.h"
#include "nl/netns.h"
#include "xh.h"

struct complete_options {
	char *const *words; /* the name that xh was called by goes first */
};

static void show(struct out *out, const struct suggestions *suggestions)
{
	out_array(out, NULL);
	out_gap(out, "\t");
	vec_each (row, &suggestions->rows) {
		out_object(out, NULL);
		out_str(out, "word", "%", row->word);
		if (row->help)
			out_str(out, "help", "%", row->help);
		out_end(out);
		out_line(out);
	}
	out_gap(out, "  ");
	out_end(out);
}

/* Whose devices are meant. */
static void enter_netns(const char *name)
{
	auto_fd int netns = nl_netns_open(name);

	if (netns >= 0)
		nl_netns_enter(netns, name);
}

/* `words` are those before the cursor. */
static void collect(char **words, size_t count, struct suggestions *to)
{
	char *const nothing[] = { NULL };
	const struct option *option = NULL;
	struct flags flags = { 0 };

	if (count)
		option = cli_option_awaits(global_options, words[count - 1]);
	if (option && option->suggest) {
		to->value = nothing;
		option->suggest(NULL, to);
		to->value = NULL;
	}
	if (option || cli_options(global_options, words, &flags))
		return;
	if (flags.netns)
		enter_netns(flags.netns);
	cli_suggest_options(global_options, to);
	cli_suggest(&commands, words, to);
}

/* A shell is not to hear of failures: where nothing is known nothing is offered. */
static int run(struct xh *xh, const void *operands)
{
	const struct complete_options *options = operands;
	struct suggestions to AUTO_SUGGESTIONS = { .typed = "" };
	struct VEC(char *) words = { 0 };
	int err = 0;

	for (char *const *word = options->words; word && *word && !err; word++)
		err = vec_push(&words, *word);
	if (!err && words.n > 1) {
		to.typed = words.v[words.n - 1];
		words.v[words.n - 1] = NULL;
		collect(words.v + 1, words.n - 2, &to);
	}
	vec_free(&words);
	fail_clear();
	show(xh->out, &to);
	return 0;
}

const struct command complete = {
	.name = "complete",
	.summary = "Offer what may stand for the last word, and say what it is",
	.hidden = true,
	.args =
		(const struct arg[]){
			{ .type = &cli_rest,
			  .slot = SLOT(struct complete_options, words, char *const *) },
			{ 0 },
		},
	.options_size = sizeof(struct complete_options),
	.run = run,
};
