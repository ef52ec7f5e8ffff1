// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* `xh map event_pipe MAP`: what programs write to a perf event array, until interrupted. */
#include <errno.h>
#include <linux/perf_event.h>
#include <stdio.h>

#include "args.h"
#include "base/err.h"
#include "bpf/info.h"
#include "bpf/names.h"
#include "bpf/samples.h"
#include "commands.h"
#include "interrupt.h"
#include "map/cpus.h"
#include "map/follow.h"
#include "xh.h"

struct pipe_options {
	struct obj_ref map;
	struct cli_u32 cpu, index;
};

static void show_sample(struct out *out, const struct sample *sample)
{
	const uint8_t *bytes = sample->data;
	char text[96];

	snprintf(text, sizeof(text), "== @%llu.%09llu CPU: %u index: %u =====\n",
		 (unsigned long long)sample->time_ns / 1000000000,
		 (unsigned long long)sample->time_ns % 1000000000, sample->cpu, sample->index);
	out_text(out, text);
	out_uint(out, "timestamp", NULL, sample->time_ns);
	out_array(out, "data");
	for (uint32_t i = 0; i < sample->data_size; i++)
		out_uint(out, NULL, NULL, bytes[i]);
	out_end(out);
	out_bytes(out, NULL, "%", bytes, sample->data_size);
}

static void show_lost(struct out *out, const struct sample *sample)
{
	out_object(out, "lost");
	out_uint(out, "id", NULL, sample->event_id);
	out_uint(out, "count", "lost % events", sample->lost);
	out_end(out);
}

static void show_unknown(struct out *out, const struct sample *sample)
{
	char text[64];

	snprintf(text, sizeof(text), "unknown event type=%u size=%u", sample->type, sample->size);
	out_str(out, NULL, "%", text);
}

static void show(const struct sample *sample, void *context)
{
	struct out *out = context;

	out_object(out, NULL);
	out_uint(out, "type", NULL, sample->type);
	out_uint(out, "cpu", NULL, sample->cpu);
	out_uint(out, "index", NULL, sample->index);
	if (sample->type == PERF_RECORD_SAMPLE)
		show_sample(out, sample);
	else if (sample->type == PERF_RECORD_LOST)
		show_lost(out, sample);
	else
		show_unknown(out, sample);
	out_line(out);
	out_end(out);
}

static int take(struct out *out, void *context)
{
	(void)out;
	return samples_take(context);
}

static int check_map(const struct obj *map, const struct pipe_options *options)
{
	char scratch[NAMES_SCRATCH];
	struct bpf_map_info info;
	int err = info_map(map->fd, &info);

	if (err)
		return fail(err, "read what the kernel knows of map %u", map->id);
	if (info.type != BPF_MAP_TYPE_PERF_EVENT_ARRAY) {
		fail_plain(-EINVAL, "map %u is a %s, not a perf_event_array", info.id,
			   names_map_type_or_number(info.type, scratch));
		return info.type == BPF_MAP_TYPE_RINGBUF ? fail_hint("see: xh map events")
							 : -EINVAL;
	}
	if (options->index.given && options->index.value >= info.max_entries)
		return fail_plain(-ERANGE, "index %u is out of range: map %u has %u slots",
				  options->index.value, info.id, info.max_entries);
	return 0;
}

static int check_cpu(const struct cli_u32 *wanted)
{
	struct cpus cpus AUTO_CPUS = { 0 };
	int err = wanted->given ? cpus_possible(&cpus) : 0;

	if (err || !wanted->given)
		return err;
	vec_each (cpu, &cpus) {
		if (*cpu == wanted->value)
			return 0;
	}
	return fail_missing("this machine has no CPU %u", wanted->value);
}

static int listen_to(struct xh *xh, const struct obj *map, const struct pipe_options *options)
{
	const struct samples_from from = {
		.fd = map->fd,
		.id = map->id,
		.cpu = options->cpu.given ? (int64_t)options->cpu.value : -1,
		.index = options->index.value,
	};
	const struct samples_visitor visitor = { show, xh->out };
	struct samples *samples AUTO(samples) = NULL;
	int interrupt = interrupt_catch();
	int err = interrupt < 0 ? interrupt : samples_open(&from, &visitor, &samples);

	if (err)
		return err;
	out_array(xh->out, NULL);
	err = follow(xh->out, &(struct follow){ samples_fd(samples), take, samples }, interrupt);
	samples_take_lost(samples);
	out_end(xh->out);
	return err;
}

static int run(struct xh *xh, const void *words)
{
	const struct pipe_options *options = words;
	struct obj map AUTO_OBJ = OBJ_CLOSED;
	int err;

	if (options->cpu.given != options->index.given)
		return fail_plain(-EINVAL, "'cpu' and 'index' belong together");
	err = obj_open(&options->map, &map) ?: check_map(&map, options);
	err = err ?: check_cpu(&options->cpu);
	return err ?: listen_to(xh, &map, options);
}

const struct command map_event_pipe = {
	.name = "event_pipe",
	.summary = "Follow what programs write to a perf event array, until interrupted",
	.args =
		(const struct arg[]){
			{ ARG_MAP(struct pipe_options, map), .required = true,
			  .help = "The map; who listens to it already hears no more" },
			{ "cpu", ARG_U32(struct pipe_options, cpu), .metavar = "N",
			  .help = "Only what this CPU writes …" },
			{ "index", ARG_U32(struct pipe_options, index), .metavar = "M",
			  .help = "… to this slot; without the two, each CPU to that of its "
				  "number" },
			{ 0 },
		},
	.options_size = sizeof(struct pipe_options),
	.run = run,
	.examples = EXAMPLES("xh map event_pipe name events",
			     "xh -j map event_pipe name events cpu 0 index 0"),
};
