// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* From the words of a command to its verb. */
#include "run.h"

#include "base/cleanup.h"
#include "commands.h"
#include "help.h"
#include "nl/netns.h"
#include "xh.h"

/* The mount namespace stays, so that paths of pins mean what they mean to the caller. */
static int enter_netns(const char *name)
{
	auto_fd int netns = nl_netns_open(name);

	return netns < 0 ? netns : nl_netns_enter(netns, name);
}

int run_words(struct xh *xh, char *const *words)
{
	auto_free void *values = NULL;
	struct parsed parsed;
	int err;

	if (xh->flags.version)
		return version.run(xh, NULL);
	if (xh->flags.help || !*words) {
		cli_find(&commands, words, &parsed);
		return help_show(xh, &parsed);
	}
	err = cli_parse(&commands, words, &parsed);
	values = parsed.options;
	if (err)
		return err;
	if (parsed.help)
		return help_show(xh, &parsed);
	err = xh->flags.netns ? enter_netns(xh->flags.netns) : 0;
	return err ?: parsed.path[parsed.depth]->run(xh, values);
}
