// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* `xh cgroup detach`: a program from a control group. */
#include "args.h"
#include "bpf/sys.h"
#include "bpf/uapi_attach.h"
#include "cgroup/change.h"
#include "cgroup/operand.h"
#include "commands.h"
#include "xh.h"

struct detach_options {
	const char *path;
	const struct cgroup_hook *hook;
	struct obj_ref prog;
};

/*
 * Where one program is attached without `multi`, the kernel detaches it whatever program it is
 * given: that it is this one has to be seen before.
 */
static int detach(const struct cgroup_change *change)
{
	struct cgroupprogs there AUTO_CGROUPPROGS = { 0 };
	int err = cgroup_change_query(change, &there);
	struct uapi_attach attach = {
		.target = (uint32_t)change->cgroup.fd,
		.prog_fd = (uint32_t)change->prog.fd,
		.attach_type = change->hook->attach_type,
	};

	if (err)
		return err;
	if (!cgroupprogs_have(&there, change->prog.id))
		return cgroup_change_fail_absent(change, &change->prog);
	if (!(there.flags & CGROUPPROGS_MULTI))
		attach.expected_revision = there.revision;
	err = sys_prog_detach(&attach);
	return err ? cgroup_change_fail_detach(err, change) : 0;
}

static int run(struct xh *xh, const void *words)
{
	const struct detach_options *options = words;
	struct cgroup_change change AUTO_CGROUP_CHANGE = CGROUP_CHANGE_NONE;

	(void)xh;
	change.hook = options->hook;
	return cgroup_change_open(&change, options->path, &options->prog) ?: detach(&change);
}

static bool suits(const void *operands, const void *candidate)
{
	const struct detach_options *options = operands;

	return cgroup_change_suits(options->hook, candidate);
}

const struct command cgroup_detach = {
	.name = "detach",
	.summary = "Detach a program from a control group",
	.args =
		(const struct arg[]){
			{ ARG_CGROUP(struct detach_options, path), .required = true,
			  .help = "The control group" },
			{ ARG_CHOICE(struct detach_options, hook, struct cgroup_hook,
				     &cgroup_hook_choices),
			  .required = true, .help = "Where it was attached" },
			{ ARG_PROG(struct detach_options, prog), .required = true, .suits = suits,
			  .help = "The program" },
			{ 0 },
		},
	.options_size = sizeof(struct detach_options),
	.run = run,
	.examples =
		EXAMPLES("xh cgroup detach /sys/fs/cgroup/system.slice cgroup_device name guard",
			 "xh cgroup detach /sys/fs/cgroup/system.slice ingress id 7"),
};
