// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* `xh cgroup attach`: a program to a control group. */
#include <errno.h>

#include "args.h"
#include "base/err.h"
#include "bpf/sys.h"
#include "bpf/uapi_attach.h"
#include "cgroup/change.h"
#include "cgroup/operand.h"
#include "commands.h"
#include "xh.h"

struct attach_options {
	const char *path;
	const struct cgroup_hook *hook;
	struct obj_ref prog;
	bool multi, override, preorder, prepend;
	struct obj_ref before, after;
};

static bool is_given(const struct obj_ref *ref)
{
	return ref->by != OBJ_NONE;
}

static int check_words(const struct attach_options *options)
{
	int places = options->prepend + is_given(&options->before) + is_given(&options->after);

	if (places > 1)
		return fail_plain(-EINVAL, "give one of 'prepend', 'before' and 'after'");
	if (options->override && (options->multi || options->preorder || places))
		return fail_plain(-EINVAL, "with 'override' a control group has one program: words "
					   "for several do not fit here");
	return 0;
}

/* Only of several there is an order. */
static uint32_t flags_of(const struct attach_options *options)
{
	bool before = options->prepend || is_given(&options->before);
	uint32_t flags = options->override ? CGROUPPROGS_OVERRIDE : 0;

	if (options->preorder)
		flags |= CGROUPPROGS_MULTI | CGROUPPROGS_PREORDER;
	if (before)
		flags |= CGROUPPROGS_MULTI | UAPI_F_BEFORE;
	if (is_given(&options->after))
		flags |= CGROUPPROGS_MULTI | UAPI_F_AFTER;
	return options->multi ? flags | CGROUPPROGS_MULTI : flags;
}

static int attach(struct cgroup_change *change, uint32_t flags)
{
	const struct uapi_attach call = {
		.target = (uint32_t)change->cgroup.fd,
		.prog_fd = (uint32_t)change->prog.fd,
		.attach_type = change->hook->attach_type,
		.flags = flags,
		.relative_fd = change->beside.fd >= 0 ? (uint32_t)change->beside.fd : 0,
	};
	int err = sys_prog_attach(&call);

	change->flags = flags & ~(uint32_t)(UAPI_F_BEFORE | UAPI_F_AFTER);
	return err ? cgroup_change_fail_attach(err, change) : 0;
}

static int run(struct xh *xh, const void *words)
{
	const struct attach_options *options = words;
	struct cgroup_change change AUTO_CGROUP_CHANGE = CGROUP_CHANGE_NONE;
	const struct obj_ref *beside =
		is_given(&options->before) ? &options->before : &options->after;
	int err = check_words(options);

	(void)xh;
	change.hook = options->hook;
	err = err ?: cgroup_change_open(&change, options->path, &options->prog);
	if (!err && is_given(beside))
		err = obj_open(beside, &change.beside);
	return err ?: attach(&change, flags_of(options));
}

static bool suits(const void *operands, const void *candidate)
{
	const struct attach_options *options = operands;

	return cgroup_change_suits(options->hook, candidate);
}

static const struct arg args[] = {
	{ ARG_CGROUP(struct attach_options, path), .required = true, .help = "The control group" },
	{ ARG_CHOICE(struct attach_options, hook, struct cgroup_hook, &cgroup_hook_choices),
	  .required = true, .help = "What the program is to see or decide" },
	{ ARG_PROG(struct attach_options, prog), .required = true, .suits = suits,
	  .help = "The program" },
	{ "multi", ARG_FLAG(struct attach_options, multi),
	  .help = "Beside other programs, here and in the groups below" },
	{ "override", ARG_FLAG(struct attach_options, override),
	  .help = "Groups below may have another one in its place" },
	{ "preorder", ARG_FLAG(struct attach_options, preorder),
	  .help = "multi, and before the programs of the groups below" },
	{ "prepend", ARG_FLAG(struct attach_options, prepend),
	  .help = "multi, and before all programs that are there; else it is after them" },
	{ "before", ARG_PROG(struct attach_options, before), .suits = suits,
	  .help = "multi, and just before this one" },
	{ "after", ARG_PROG(struct attach_options, after), .suits = suits,
	  .help = "multi, and just after this one" },
	{ 0 },
};

const struct command cgroup_attach = {
	.name = "attach",
	.summary = "Attach a program to a control group",
	.args = args,
	.options_size = sizeof(struct attach_options),
	.run = run,
	.examples =
		EXAMPLES("xh cgroup attach /sys/fs/cgroup/system.slice cgroup_device name guard",
			 "xh cgroup attach /sys/fs/cgroup/system.slice egress id 7 multi"),
};
