// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* `xh net detach`: a program from an attach point of a network device. */
#include "args.h"
#include "commands.h"
#include "net/hooks.h"
#include "suggest_obj.h"
#include "xh.h"

struct detach_options {
	const struct hook *hook;
	const char *dev;
	struct obj_ref prog;
};

static int run(struct xh *xh, const void *words)
{
	const struct detach_options *options = words;
	struct obj prog AUTO_OBJ = OBJ_CLOSED;
	struct hook_call call = { .hook = options->hook, .dev = options->dev };
	int err = 0;

	(void)xh;
	if (options->prog.by != OBJ_NONE) {
		err = obj_open(&options->prog, &prog);
		call.prog = &prog;
	}
	return err ?: call.hook->detach(&call);
}

/* For completion: programs that could be attached there. */
static bool suits(const void *operands, const void *candidate)
{
	const struct detach_options *options = operands;
	const struct suggest_candidate *prog = candidate;

	return !options->hook || prog->type == options->hook->prog_type;
}

static const struct arg args[] = {
	{ ARG_CHOICE(struct detach_options, hook, struct hook, &hook_choices), .required = true,
	  .help = "Where it was attached: xdp is the driver's XDP, or the generic one without it" },
	{ "dev", ARG_DEV(struct detach_options, dev), .required = true, .help = "The device" },
	{ ARG_PROG(struct detach_options, prog), .suits = suits,
	  .help = "Detach exactly this program; else the only one, or of several the last of tcx" },
	{ 0 },
};

const struct command net_detach = {
	.name = "detach",
	.summary = "Detach a program from a network device",
	.args = args,
	.options_size = sizeof(struct detach_options),
	.run = run,
	.examples = EXAMPLES("xh net detach xdp dev lo",
			     "xh net detach tcx_ingress dev lo name filter"),
};
