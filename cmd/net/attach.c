// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* `xh net attach`: a program to an attach point of a network device. */
#include <errno.h>

#include "args.h"
#include "base/err.h"
#include "bpf/info.h"
#include "bpf/names.h"
#include "commands.h"
#include "net/hooks.h"
#include "net/prog.h"
#include "xh.h"

struct attach_options {
	const struct hook *hook;
	struct obj_ref prog;
	const char *dev;
	bool overwrite;
};

/* The kernel would only say "Invalid argument". */
static int check_type(const struct obj *prog, const struct hook *hook)
{
	char is[NAMES_SCRATCH], wanted[NAMES_SCRATCH], label[NET_PROG_LABEL_MAX];
	struct bpf_prog_info info;
	int err = info_prog(prog->fd, &info);

	if (err)
		return fail(err, "read what program %u is", prog->id);
	if (info.type == hook->prog_type)
		return 0;
	return fail_plain(-EINVAL, "%s is %s, not %s", net_prog_label(prog->id, label),
			  names_prog_type_or_number(info.type, is),
			  names_prog_type_or_number(hook->prog_type, wanted));
}

static int run(struct xh *xh, const void *words)
{
	const struct attach_options *options = words;
	struct obj prog AUTO_OBJ = OBJ_CLOSED;
	struct hook_call call = {
		.hook = options->hook,
		.dev = options->dev,
		.prog = &prog,
		.overwrite = options->overwrite,
	};
	int err = obj_open(&options->prog, &prog);

	(void)xh;
	err = err ?: check_type(&prog, options->hook);
	return err ?: call.hook->attach(&call);
}

static const struct arg args[] = {
	{ ARG_CHOICE(struct attach_options, hook, struct hook, &hook_choices), .required = true,
	  .help = "Where to attach: xdp takes the driver's XDP, or the generic one without it" },
	{ ARG_PROG(struct attach_options, prog), .required = true,
	  .help = "The program to attach" },
	{ "dev", ARG_DEV(struct attach_options, dev), .required = true, .help = "The device" },
	{ "overwrite", ARG_FLAG(struct attach_options, overwrite),
	  .help = "Replace the program that is there" },
	{ 0 },
};

const struct command net_attach = {
	.name = "attach",
	.summary = "Attach a program to a network device",
	.args = args,
	.options_size = sizeof(struct attach_options),
	.run = run,
};
