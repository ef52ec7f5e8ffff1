// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* `xh map peek|pop|dequeue MAP`: the next value of a queue or stack, left there or taken out. */
#include <errno.h>

#include "args.h"
#include "base/err.h"
#include "bpf/names.h"
#include "bpf/sys.h"
#include "commands.h"
#include "map/missing.h"
#include "map/refusal.h"
#include "map/target.h"
#include "xh.h"

struct queue_options {
	struct obj_ref map;
};

static int open_queue(struct target *target, const struct queue_options *options)
{
	char scratch[NAMES_SCRATCH];
	int err = target_open(target, &options->map);

	if (err || target->entry.shape.kinds->in_order)
		return err;
	fail_plain(-EINVAL, "%s is a %s, not a queue or a stack", target->label,
		   names_map_type_or_number(target->info.type, scratch));
	return fail_hint("xh map lookup shows the element with a key");
}

static int refused(const struct target *target, int err)
{
	const struct refusal refusal = {
		.fd = target->map.fd,
		.info = &target->info,
		.label = target->label,
	};

	return refusal_lookup(&refusal, err);
}

/* In the words that bpftool has for it. */
static int show_empty(struct out *out)
{
	out_token(out, NULL, NULL, "null");
	out_text(out, "Error: empty map\n");
	return fail_shown(STATUS_MISSING);
}

static int run_peek(struct xh *xh, const void *words)
{
	struct target target AUTO_TARGET = TARGET_CLOSED;
	int err = open_queue(&target, words);

	if (err)
		return err;
	err = sys_map_lookup(target.map.fd, NULL, target.value);
	if (err == -ENOENT)
		return missing_show(xh->out, &target);
	if (err)
		return refused(&target, err);
	entry_show_value(xh->out, &target.entry, target.value);
	return 0;
}

static int run_take(struct xh *xh, const void *words)
{
	struct target target AUTO_TARGET = TARGET_CLOSED;
	int err = open_queue(&target, words);

	if (err)
		return err;
	err = sys_map_take(target.map.fd, target.value);
	if (err == -ENOENT)
		return show_empty(xh->out);
	if (err)
		return refused(&target, err);
	entry_show_value(xh->out, &target.entry, target.value);
	return 0;
}

static const struct arg queue_args[] = {
	{ ARG_MAP(struct queue_options, map), .required = true, .help = "The queue or stack" },
	{ 0 },
};

const struct command map_peek = {
	.name = "peek",
	.summary = "Show the next value of a queue or stack",
	.args = queue_args,
	.options_size = sizeof(struct queue_options),
	.run = run_peek,
	.examples = EXAMPLES("xh map peek name jobs", "xh -j map peek pinned /sys/fs/bpf/jobs"),
};

const struct command map_pop = {
	.name = "pop",
	.summary = "Take the last value off a stack",
	.args = queue_args,
	.options_size = sizeof(struct queue_options),
	.run = run_take,
	.examples = EXAMPLES("xh map pop name stack", "xh -j map pop pinned /sys/fs/bpf/stack"),
};

const struct command map_dequeue = {
	.name = "dequeue",
	.summary = "Take the first value out of a queue",
	.args = queue_args,
	.options_size = sizeof(struct queue_options),
	.run = run_take,
	.examples =
		EXAMPLES("xh map dequeue name jobs", "xh -j map dequeue pinned /sys/fs/bpf/jobs"),
};
