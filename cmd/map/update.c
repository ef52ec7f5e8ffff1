// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* `xh map update MAP`: sets the value of a key; `push` and `enqueue` are for maps without keys. */
#include <errno.h>
#include <string.h>

#include "args.h"
#include "base/err.h"
#include "bpf/names.h"
#include "bpf/sys.h"
#include "commands.h"
#include "map/data.h"
#include "map/refusal.h"
#include "map/target.h"
#include "xh.h"

struct update_options {
	struct obj_ref map;
	struct data key, value;
	bool any, exist, noexist;
};

static bool is_standard(const struct data *data)
{
	return data->form == DATA_FILE && !strcmp(data->path, "-");
}

static int check_words(const struct update_options *options)
{
	if (options->any + options->exist + options->noexist > 1)
		return fail_plain(-EINVAL, "only one of any, exist and noexist can be meant");
	if (is_standard(&options->key) && is_standard(&options->value))
		return fail_plain(-EINVAL, "key and value cannot both be standard input");
	return 0;
}

static uint64_t flags_of(const struct update_options *options)
{
	if (options->exist)
		return BPF_EXIST;
	return options->noexist ? BPF_NOEXIST : BPF_ANY;
}

static int update(struct target *target, const struct update_options *options)
{
	const struct refusal refusal = {
		.fd = target->map.fd,
		.info = &target->info,
		.label = target->label,
		.key = target->key,
		.flags = flags_of(options),
	};
	int err = target_key(target, &options->key) ?: target_value(target, &options->value);

	if (err)
		return err;
	err = sys_map_update(target->map.fd, target->key, target->value, refusal.flags);
	return err ? refusal_update(&refusal, err) : 0;
}

static int run(struct xh *xh, const void *words)
{
	const struct update_options *options = words;
	struct target target AUTO_TARGET = TARGET_CLOSED;

	(void)xh;
	return check_words(options) ?: target_open(&target, &options->map) ?:
				       update(&target, options);
}

static int run_push(struct xh *xh, const void *words)
{
	const struct update_options *options = words;
	struct target target AUTO_TARGET = TARGET_CLOSED;
	char scratch[NAMES_SCRATCH];
	int err = target_open(&target, &options->map);

	(void)xh;
	if (err)
		return err;
	if (!target.key)
		return update(&target, options);
	fail_plain(-EINVAL, "%s is a %s, not a queue or a stack", target.label,
		   names_map_type_or_number(target.info.type, scratch));
	return fail_hint("xh map update sets the value of a key");
}

const struct command map_update = {
	.name = "update",
	.summary = "Set the value of a key",
	.args =
		(const struct arg[]){
			{ ARG_MAP(struct update_options, map), .required = true,
			  .help = "The map" },
			{ ARG_KEY(struct update_options, key) },
			{ ARG_VALUE(struct update_options, value) },
			{ .keyword = "any",
			  ARG_FLAG(struct update_options, any),
			  .help = "Whether there is such a key or not, as without a word" },
			{ .keyword = "exist",
			  ARG_FLAG(struct update_options, exist),
			  .help = "Only if there is such a key" },
			{ .keyword = "noexist",
			  ARG_FLAG(struct update_options, noexist),
			  .help = "Only if there is no such key" },
			{ 0 },
		},
	.options_size = sizeof(struct update_options),
	.run = run,
	.examples = EXAMPLES("xh map update name hosts key 10 0 0 1 value 0 0 0 0 0 0 0 1",
			     "xh map update name hosts key ip:10.0.0.1 value u64:1",
			     "xh map update pinned /sys/fs/bpf/jumps key 0 0 0 0 value name hello"),
};

static const struct arg push_args[] = {
	{ ARG_MAP(struct update_options, map), .required = true, .help = "The queue or stack" },
	{ ARG_VALUE(struct update_options, value), .required = true },
	{ 0 },
};

const struct command map_push = {
	.name = "push",
	.summary = "Put a value on a stack",
	.args = push_args,
	.options_size = sizeof(struct update_options),
	.run = run_push,
	.examples = EXAMPLES("xh map push name stack value 7 0 0 0",
			     "xh map push name stack value u32:7"),
};

const struct command map_enqueue = {
	.name = "enqueue",
	.summary = "Put a value into a queue",
	.args = push_args,
	.options_size = sizeof(struct update_options),
	.run = run_push,
	.examples = EXAMPLES("xh map enqueue name jobs value 7 0 0 0",
			     "xh map enqueue name jobs value u32:7"),
};
