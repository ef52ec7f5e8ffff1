// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* `xh map getnext MAP [key DATA]`: the key behind another, or the first. */
#include <errno.h>

#include "args.h"
#include "base/err.h"
#include "bpf/sys.h"
#include "commands.h"
#include "map/data.h"
#include "map/target.h"
#include "xh.h"

struct getnext_options {
	struct obj_ref map;
	struct data key;
};

/* The message at the end is what scripts wait for. */
static int fail_getnext(const struct target *target, int err)
{
	const struct kinds *kinds = target->entry.shape.kinds;

	if (err == -ENOENT)
		return fail_missing("can't get next key: %s", err_text(err));
	fail_plain(err, "can't get next key: %s (%s)", err_text(err), err_name(err));
	return kinds->none ? fail_hint("%s: %s", target->label, kinds->none) : err;
}

static void show(struct out *out, const struct target *target, const void *key, const void *next)
{
	uint32_t size = target->info.key_size;

	out_object(out, NULL);
	if (key) {
		out_bytes(out, "key", "key:\n%", key, size);
	} else {
		out_token(out, "key", NULL, "null");
		out_text(out, "key: None");
	}
	out_line(out);
	out_bytes(out, "next_key", "next key:\n%", next, size);
	out_line(out);
	out_end(out);
}

static int run(struct xh *xh, const void *words)
{
	const struct getnext_options *options = words;
	struct target target AUTO_TARGET = TARGET_CLOSED;
	bool given = options->key.form != DATA_NONE;
	auto_free uint8_t *next = NULL;
	int err = target_open(&target, &options->map);

	if (!err && given)
		err = target_key(&target, &options->key);
	if (err)
		return err;
	next = calloc(1, target.info.key_size + 1);
	if (!next)
		return fail(-ENOMEM, "read the keys of %s", target.label);
	err = sys_map_next_key(target.map.fd, given ? target.key : NULL, next);
	if (err)
		return fail_getnext(&target, err);
	show(xh->out, &target, given ? target.key : NULL, next);
	return 0;
}

const struct command map_getnext = {
	.name = "getnext",
	.summary = "Show the key behind another one, or the first",
	.args =
		(const struct arg[]){
			{ ARG_MAP(struct getnext_options, map), .required = true,
			  .help = "The map" },
			{ ARG_KEY(struct getnext_options, key) },
			{ 0 },
		},
	.options_size = sizeof(struct getnext_options),
	.run = run,
	.examples = EXAMPLES("xh map getnext name hosts", "xh map getnext name hosts key 10 0 0 1"),
};
