// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* `xh map freeze MAP`: ends all changes from user space, for good. */
#include <errno.h>

#include "args.h"
#include "base/err.h"
#include "bpf/info.h"
#include "bpf/sys.h"
#include "commands.h"
#include "xh.h"

struct freeze_options {
	struct obj_ref map;
};

/* The kernel answers a second time as if it were not allowed (EBUSY before 6.1 or so). */
static int fail_freeze(const struct obj *map, int err)
{
	struct info_fd fd;

	info_fd(map->fd, &fd);
	if (fd.frozen)
		return fail_plain(err, "map %u is frozen already", map->id);
	if (err == -EBUSY)
		return fail_plain(err,
				  "map %u is being written to, or mapped for it, from user space "
				  "(EBUSY)",
				  map->id);
	return fail(err, "freeze map %u", map->id);
}

static int run(struct xh *xh, const void *words)
{
	const struct freeze_options *options = words;
	struct obj map AUTO_OBJ = OBJ_CLOSED;
	int err = obj_open(&options->map, &map);

	(void)xh;
	if (err)
		return err;
	err = sys_map_freeze(map.fd);
	return err ? fail_freeze(&map, err) : 0;
}

const struct command map_freeze = {
	.name = "freeze",
	.summary = "Let user space not change a map any more",
	.args =
		(const struct arg[]){
			{ ARG_MAP(struct freeze_options, map), .required = true,
			  .help = "The map" },
			{ 0 },
		},
	.options_size = sizeof(struct freeze_options),
	.run = run,
	.examples = EXAMPLES("xh map freeze name settings",
			     "xh map freeze pinned /sys/fs/bpf/settings"),
};
