// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* `xh link pin LINK PATH`: a link that outlives the processes that hold it. */
#include "args.h"
#include "bpf/bpffs.h"
#include "commands.h"
#include "xh.h"

struct pin_options {
	struct obj_ref link;
	const char *path;
};

static int run(struct xh *xh, const void *words)
{
	const struct pin_options *options = words;
	struct obj link AUTO_OBJ = OBJ_CLOSED;
	int err = obj_open(&options->link, &link);

	err = err ?: bpffs_check(options->path, xh->flags.nomount);
	err = err ?: bpffs_mount(options->path, xh->flags.nomount);
	return err ?: bpffs_pin(link.fd, options->path);
}

const struct command link_pin = {
	.name = "pin",
	.summary = "Pin a link, so that it stays when nobody holds it",
	.args =
		(const struct arg[]){
			{ ARG_LINK(struct pin_options, link), .required = true,
			  .help = "The link" },
			{ ARG_PATH(struct pin_options, path), .required = true },
			{ 0 },
		},
	.options_size = sizeof(struct pin_options),
	.run = run,
	.examples = EXAMPLES("xh link pin id 3 /sys/fs/bpf/link",
			     "xh link pin pinned /sys/fs/bpf/link /sys/fs/bpf/again"),
};
