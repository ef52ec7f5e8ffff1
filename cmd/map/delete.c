// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* `xh map delete MAP key DATA`: removes one element. */
#include "args.h"
#include "bpf/sys.h"
#include "commands.h"
#include "map/data.h"
#include "map/refusal.h"
#include "map/target.h"
#include "xh.h"

struct delete_options {
	struct obj_ref map;
	struct data key;
};

static int run(struct xh *xh, const void *words)
{
	const struct delete_options *options = words;
	struct target target AUTO_TARGET = TARGET_CLOSED;
	int err = target_open(&target, &options->map) ?: target_key(&target, &options->key);
	const struct refusal refusal = {
		.fd = target.map.fd,
		.info = &target.info,
		.label = target.label,
		.key = target.key,
	};

	(void)xh;
	if (err)
		return err;
	err = sys_map_delete(target.map.fd, target.key);
	return err ? refusal_delete(&refusal, err) : 0;
}

const struct command map_delete = {
	.name = "delete",
	.summary = "Remove the element with a key",
	.args =
		(const struct arg[]){
			{ ARG_MAP(struct delete_options, map), .required = true,
			  .help = "The map" },
			{ ARG_KEY(struct delete_options, key), .required = true },
			{ 0 },
		},
	.options_size = sizeof(struct delete_options),
	.run = run,
	.examples = EXAMPLES("xh map delete name hosts key ip:10.0.0.1",
			     "xh map delete name hosts key hex 0a 00 00 01"),
};
