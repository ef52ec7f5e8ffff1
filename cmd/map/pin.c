// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* `xh map pin MAP PATH`: another way to find a map, and one that keeps it. */
#include "args.h"
#include "bpf/bpffs.h"
#include "commands.h"
#include "xh.h"

struct pin_options {
	struct obj_ref map;
	const char *path;
};

static int run(struct xh *xh, const void *words)
{
	const struct pin_options *options = words;
	struct obj map AUTO_OBJ = OBJ_CLOSED;
	int err = obj_open(&options->map, &map);

	err = err ?: bpffs_check(options->path, xh->flags.nomount);
	err = err ?: bpffs_mount(options->path, xh->flags.nomount);
	return err ?: bpffs_pin(map.fd, options->path);
}

const struct command map_pin = {
	.name = "pin",
	.summary = "Pin a map to a path, which keeps it",
	.args =
		(const struct arg[]){
			{ ARG_MAP(struct pin_options, map), .required = true, .help = "The map" },
			{ ARG_PATH(struct pin_options, path), .required = true },
			{ 0 },
		},
	.options_size = sizeof(struct pin_options),
	.run = run,
	.examples = EXAMPLES("xh map pin name hosts /sys/fs/bpf/hosts",
			     "xh map pin id 7 /sys/fs/bpf/kept"),
};
