// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* `xh synopsis [OBJECT [VERB]]`: for the build, the SYNOPSIS of a manual page from the grammar. */
#include "base/buf.h"
#include "commands.h"
#include "xh.h"

struct synopsis_options {
	char *const *words;
};

static int run(struct xh *xh, const void *operands)
{
	char *const nothing[] = { NULL };
	const struct synopsis_options *options = operands;
	struct buf text AUTO_BUF = BUF_EMPTY;
	struct parsed parsed;

	cli_find(&commands, options->words ?: nothing, &parsed);
	cli_synopsis(&parsed, &text);
	out_text(xh->out, buf_str(&text));
	return buf_err(&text);
}

const struct command synopsis = {
	.name = "synopsis",
	.summary = "Print the SYNOPSIS of a manual page",
	.hidden = true,
	.args =
		(const struct arg[]){
			{ .type = &cli_rest,
			  .slot = SLOT(struct synopsis_options, words, char *const *) },
			{ 0 },
		},
	.options_size = sizeof(struct synopsis_options),
	.run = run,
};
