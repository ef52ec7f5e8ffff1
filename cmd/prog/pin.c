// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* `xh prog pin PROG PATH`: another way to find a program, and one that keeps it loaded. */
#include "args.h"
#include "bpf/bpffs.h"
#include "commands.h"
#include "xh.h"

struct pin_options {
	struct obj_ref prog;
	const char *path;
};

static int run(struct xh *xh, const void *words)
{
	const struct pin_options *options = words;
	struct obj prog AUTO_OBJ = OBJ_CLOSED;
	int err = obj_open(&options->prog, &prog);

	err = err ?: bpffs_check(options->path, xh->flags.nomount);
	err = err ?: bpffs_mount(options->path, xh->flags.nomount);
	return err ?: bpffs_pin(prog.fd, options->path);
}

const struct command prog_pin = {
	.name = "pin",
	.summary = "Pin a program to a path, which keeps it loaded",
	.args =
		(const struct arg[]){
			{ ARG_PROG(struct pin_options, prog), .required = true,
			  .help = "The program" },
			{ ARG_PATH(struct pin_options, path), .required = true },
			{ 0 },
		},
	.options_size = sizeof(struct pin_options),
	.run = run,
	.examples = EXAMPLES("xh prog pin name hello /sys/fs/bpf/again",
			     "xh prog pin id 7 /sys/fs/bpf/kept"),
};
