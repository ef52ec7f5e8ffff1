// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* `xh map events MAP`: the records of a ring buffer, taken out until interrupted. */
#include <errno.h>

#include "args.h"
#include "base/err.h"
#include "bpf/info.h"
#include "bpf/names.h"
#include "btf/render.h"
#include "commands.h"
#include "interrupt.h"
#include "map/follow.h"
#include "map/recordtype.h"
#include "map/ring.h"
#include "xh.h"

/* What is shown before the output is written and interrupts are looked for. */
#define RECORDS_AT_ONCE 4096

struct events_options {
	struct obj_ref map;
	const char *type;
};

struct events {
	struct ring ring;
	struct recordtype type;
};

static void close_events(struct events *events)
{
	ring_close(&events->ring);
	recordtype_close(&events->type);
}

/* A record that is too short for the type is shown as bytes. */
static void show_record(struct out *out, const struct recordtype *type,
			const struct ring_record *record)
{
	bool typed = type->plan && record->size >= type->size;

	out_object(out, NULL);
	out_uint(out, "size", typed ? NULL : "== % bytes =====", record->size);
	out_line(out);
	out_bytes(out, "data", typed ? NULL : "%", record->data, record->size);
	if (typed) {
		out_typed_line(out);
		render(out, type->plan, record->data);
		out_end(out);
	}
	out_line(out);
	out_end(out);
}

static int show(struct out *out, void *context)
{
	struct events *events = context;
	struct ring_record record;

	for (int i = 0; i < RECORDS_AT_ONCE; i++) {
		int more = ring_next(&events->ring, &record);

		if (more <= 0)
			return more;
		show_record(out, &events->type, &record);
	}
	return 0;
}

static int check_type(const struct bpf_map_info *info)
{
	char scratch[NAMES_SCRATCH];

	if (info->type == BPF_MAP_TYPE_RINGBUF)
		return 0;
	fail_plain(-EINVAL, "map %u is a %s, not a ringbuf", info->id,
		   names_map_type_or_number(info->type, scratch));
	if (info->type == BPF_MAP_TYPE_PERF_EVENT_ARRAY)
		return fail_hint("see: xh map event_pipe");
	return -EINVAL;
}

static int open_events(const struct obj *map, const char *type, struct events *events)
{
	struct bpf_map_info info;
	int err = info_map(map->fd, &info);

	if (err)
		return fail(err, "read what the kernel knows of map %u", map->id);
	err = check_type(&info);
	if (!err && type)
		err = recordtype_find(&info, type, &events->type);
	return err ?: ring_open(&events->ring, map->fd, &info);
}

static int run(struct xh *xh, const void *words)
{
	const struct events_options *options = words;
	__attribute__((cleanup(close_events))) struct events events = { 0 };
	struct obj map AUTO_OBJ = OBJ_CLOSED;
	int interrupt = interrupt_catch();
	int err = interrupt < 0 ? interrupt : obj_open(&options->map, &map);

	err = err ?: open_events(&map, options->type, &events);
	if (err)
		return err;
	out_array(xh->out, NULL);
	err = follow(xh->out, &(struct follow){ map.fd, show, &events }, interrupt);
	out_end(xh->out);
	return err;
}

const struct command map_events = {
	.name = "events",
	.summary = "Take the records out of a ring buffer and show them, until interrupted",
	.args =
		(const struct arg[]){
			{ ARG_MAP(struct events_options, map), .required = true,
			  .help = "The map; what is shown is gone for its other readers" },
			{ "type", ARG_WORD(struct events_options, type), .metavar = "NAME",
			  .help = "What the records are, by its name in the BTF of a program "
				  "that uses the map" },
			{ 0 },
		},
	.options_size = sizeof(struct events_options),
	.run = run,
	.examples =
		EXAMPLES("xh map events name records", "xh -j map events name records type record"),
};
