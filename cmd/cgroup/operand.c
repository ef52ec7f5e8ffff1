// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The operand that is a control group. */
#include "cgroup/operand.h"

#include <linux/magic.h>

#include "suggest.h"

static int parse(const struct arg *arg, struct words *words, void *slot)
{
	return cli_word.parse(arg, words, slot);
}

static void suggest(const struct arg *arg, struct suggestions *to)
{
	static const struct suggest_walk walk = {
		.magic = CGROUP2_SUPER_MAGIC,
		.mounts = "cgroup2",
		.mount_help = "where cgroup2 is mounted",
	};

	(void)arg;
	if (!*to->value)
		suggest_paths(&walk, to);
}

const struct arg_type arg_cgroup = {
	.name = "CGROUP",
	.help = "A directory of cgroup2",
	.parse = parse,
	.suggest = suggest,
};
