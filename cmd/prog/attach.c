// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* `xh prog attach PROG ATTACH_TYPE [MAP]`: a program to the sockets of a map, or a dissector. */
#include <errno.h>

#include "base/err.h"
#include "bpf/sys.h"
#include "commands.h"
#include "prog/hooks.h"

/* Of the two kinds of verdict about buffers a map has one at a time. */
static uint32_t rival(const struct hooks_point *point)
{
	switch (point->hook->attach_type) {
	case BPF_SK_SKB_VERDICT:
		return BPF_SK_SKB_STREAM_VERDICT;
	case BPF_SK_SKB_STREAM_VERDICT:
		return BPF_SK_SKB_VERDICT;
	default:
		return point->hook->attach_type;
	}
}

static int refused(int err, const struct hooks_point *point)
{
	char label[NET_PROG_LABEL_MAX];
	uint32_t there = hooks_attached(point, point->hook->attach_type);

	if (there == point->prog.id)
		return fail_plain(err, "%s is attached to %s already (%s)", point->prog_label,
				  point->label, err_name(err));
	there = there ?: hooks_attached(point, rival(point));
	if (there) {
		fail_plain(err, "%s has %s, which has to be detached first (%s)", point->label,
			   net_prog_label(there, label), err_name(err));
		return fail_hint("xh prog detach id %u …, or xh link detach if a link holds it",
				 there);
	}
	fail(err, "attach %s to %s", point->prog_label, point->label);
	return err == -EPERM ? fail_hint("it needs CAP_NET_ADMIN; try: sudo xh prog attach …")
			     : err;
}

static int run(struct xh *xh, const void *options)
{
	static const struct hooks_verb verb = { sys_prog_attach, refused };

	(void)xh;
	return hooks_run(options, &verb);
}

const struct command prog_attach = {
	.name = "attach",
	.summary = "Attach a program to the sockets of a map, or as flow dissector",
	.args = hooks_args,
	.options_size = sizeof(struct hooks_options),
	.run = run,
	.examples = EXAMPLES("xh prog attach name parse stream_parser name sockets",
			     "xh prog attach name dissect flow_dissector"),
};
