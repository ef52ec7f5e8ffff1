// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* `xh net detach`: the program that an attach point of a network device has. */
#include "args.h"
#include "commands.h"
#include "net/hooks.h"
#include "xh.h"

struct detach_options {
	const struct hook *hook;
	const char *dev;
};

static int run(struct xh *xh, const void *words)
{
	const struct detach_options *options = words;

	(void)xh;
	return options->hook->detach(&(struct hook_call){
		.hook = options->hook,
		.dev = options->dev,
	});
}

static const struct arg args[] = {
	{ ARG_CHOICE(struct detach_options, hook, struct hook, &hook_choices), .required = true,
	  .help = "Where it was attached: xdp is the driver's XDP, or the generic one without it" },
	{ "dev", ARG_DEV(struct detach_options, dev), .required = true, .help = "The device" },
	{ 0 },
};

const struct command net_detach = {
	.name = "detach",
	.summary = "Detach a program from a network device",
	.args = args,
	.options_size = sizeof(struct detach_options),
	.run = run,
};
