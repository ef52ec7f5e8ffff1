// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* `xh prog detach PROG ATTACH_TYPE [MAP]`: the inverse of prog attach. */
#include <errno.h>

#include "base/err.h"
#include "bpf/sys.h"
#include "commands.h"
#include "prog/hooks.h"

static int refused(int err, const struct hooks_point *point)
{
	uint32_t there = hooks_attached(point, point->hook->attach_type);
	char label[NET_PROG_LABEL_MAX];

	if (there == point->prog.id) {
		fail(err, "detach %s from %s", point->prog_label, point->label);
		return fail_hint("if a link holds it there: xh link detach");
	}
	if (err != -ENOENT)
		return fail(err, "detach %s from %s", point->prog_label, point->label);
	if (there)
		return fail_missing("%s has %s as %s, not %s", point->label,
				    net_prog_label(there, label), point->hook->known_as,
				    point->prog_label);
	return fail_missing("%s is not attached to %s as %s", point->prog_label, point->label,
			    point->hook->known_as);
}

static int run(struct xh *xh, const void *options)
{
	static const struct hooks_verb verb = { sys_prog_detach, refused };

	(void)xh;
	return hooks_run(options, &verb);
}

const struct command prog_detach = {
	.name = "detach",
	.summary = "Detach a program from the sockets of a map, or as flow dissector",
	.args = hooks_args,
	.options_size = sizeof(struct hooks_options),
	.run = run,
	.examples = EXAMPLES("xh prog detach name parse stream_parser name sockets",
			     "xh prog detach name dissect flow_dissector"),
};
