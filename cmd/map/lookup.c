// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* `xh map lookup MAP key DATA`: one element. */
#include <errno.h>

#include "args.h"
#include "base/err.h"
#include "bpf/sys.h"
#include "commands.h"
#include "map/data.h"
#include "map/missing.h"
#include "map/refusal.h"
#include "map/target.h"
#include "xh.h"

struct lookup_options {
	struct obj_ref map;
	struct data key, value;
};

static void show(struct out *out, const struct target *target)
{
	if (!target->key) {
		entry_show_value(out, &target->entry, target->value);
		return;
	}
	if (entry_is_typed(&target->entry))
		out_typed(out);
	entry_show(out, &target->entry, target->key, target->value);
	if (entry_is_typed(&target->entry))
		out_end(out);
}

/* A bloom filter is asked for a value, and has it or has it not; a queue shows its next one. */
static int read_words(struct target *target, const struct lookup_options *options)
{
	if (target->info.type == BPF_MAP_TYPE_BLOOM_FILTER)
		return target_key(target, &options->key) ?: target_value(target, &options->value);
	if (options->value.form != DATA_NONE)
		return fail_plain(-EINVAL, "%s is looked up by key, not by value", target->label);
	return target_key(target, &options->key);
}

static int run(struct xh *xh, const void *words)
{
	const struct lookup_options *options = words;
	struct target target AUTO_TARGET = TARGET_CLOSED;
	int err = target_open(&target, &options->map) ?: read_words(&target, options);
	const struct refusal refusal = {
		.fd = target.map.fd,
		.info = &target.info,
		.label = target.label,
		.key = target.key,
	};

	if (err)
		return err;
	err = sys_map_lookup(target.map.fd, target.key, target.value);
	if (err == -ENOENT)
		return missing_show(xh->out, &target);
	if (err)
		return refusal_lookup(&refusal, err);
	show(xh->out, &target);
	return 0;
}

const struct command map_lookup = {
	.name = "lookup",
	.summary = "Show the element with a key",
	.args =
		(const struct arg[]){
			{ ARG_MAP(struct lookup_options, map), .required = true,
			  .help = "The map" },
			{ ARG_KEY(struct lookup_options, key) },
			{ ARG_VALUE(struct lookup_options, value),
			  .help = "What a bloom filter is asked for" },
			{ 0 },
		},
	.options_size = sizeof(struct lookup_options),
	.run = run,
	.examples = EXAMPLES("xh map lookup name hosts key ip:10.0.0.1",
			     "xh -j map lookup id 7 key hex 0a 00 00 01"),
};
