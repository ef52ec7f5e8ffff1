// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* `xh map dump MAP`: the elements of a map. */
#include <errno.h>
#include <stdio.h>

#include "args.h"
#include "base/err.h"
#include "bpf/info.h"
#include "commands.h"
#include "map/elements.h"
#include "map/entries.h"
#include "map/entry.h"
#include "map/heading.h"
#include "xh.h"

struct dump_options {
	struct obj_ref map;
	bool keys, values, sum, recurse;
	struct cli_u32 limit, cpu;
};

/* A map and what is known of it. */
struct dump {
	int fd; /* borrowed */
	struct bpf_map_info info;
	struct entry entry;
	uint64_t limit; /* elements */
	bool several;   /* it is one of several: say which */
	bool typed;     /* text is within out_typed() already */
};

struct dumps VEC(struct dump);

static void close_all(struct dumps *dumps)
{
	vec_each (dump, dumps)
		entry_close(&dump->entry);
	vec_free(dumps);
}

static void show_count(struct out *out, uint64_t found)
{
	char text[64];

	snprintf(text, sizeof(text), "Found %llu element%s\n", (unsigned long long)found,
		 found == 1 ? "" : "s");
	out_text(out, text);
}

static int show_elements(struct out *out, struct entries *entries, const struct dump *dump)
{
	struct elements elements = { .entry = &dump->entry, .limit = dump->limit };
	int err = elements_show(out, entries, &elements);

	show_count(out, elements.found);
	return err;
}

/* Nothing is emitted before it is known that there is something to read. */
static int show_map(struct out *out, const struct dump *dump)
{
	struct entries entries AUTO_ENTRIES = { 0 };
	int err = entries_open(&entries, dump->fd, &dump->info);
	bool typed = !dump->typed && entry_is_typed(&dump->entry);

	if (err)
		return err;
	if (dump->several) {
		out_object(out, NULL);
		heading_show(out, &dump->info);
		out_line(out);
	}
	if (typed)
		out_typed(out);
	out_array(out, dump->several ? "elements" : NULL);
	err = show_elements(out, &entries, dump);
	out_end(out);
	if (typed)
		out_end(out);
	if (dump->several)
		out_end(out);
	return err;
}

/* In text each map below a line about it, or all in one array when all have types. */
static int show_several(struct out *out, struct dumps *dumps)
{
	bool typed = true;
	int err = 0;

	vec_each (dump, dumps)
		typed = typed && entry_is_typed(&dump->entry);
	if (typed)
		out_typed(out);
	out_array(out, NULL);
	for (size_t i = 0; !err && i < dumps->n; i++) {
		if (i)
			out_blank(out);
		dumps->v[i].several = true;
		dumps->v[i].typed = typed;
		err = show_map(out, &dumps->v[i]);
	}
	out_end(out);
	if (typed)
		out_end(out);
	return err;
}

static int choose_cpu(struct dump *dump, uint32_t cpu)
{
	const struct cpus *cpus = &dump->entry.shape.cpus;

	if (!dump->entry.shape.kinds->per_cpu)
		return fail_plain(-EINVAL, "map %u has one value for all CPUs", dump->info.id);
	vec_each (possible, cpus) {
		if (*possible != cpu)
			continue;
		dump->entry.one_cpu = true;
		dump->entry.cpu = cpu;
		return 0;
	}
	return fail_plain(-EINVAL, "there is no CPU %u; the last one is %u", cpu,
			  cpus->v[cpus->n - 1]);
}

/* The parts of a map that are shown have to be there. */
static int choose_parts(struct dump *dump, const struct dump_options *options)
{
	int err = 0;

	dump->entry.no_keys = options->values && !options->keys;
	dump->entry.no_values = options->keys && !options->values;
	if (options->cpu.given)
		err = choose_cpu(dump, options->cpu.value);
	if (!err && options->sum)
		err = sum_choose(&dump->entry, dump->info.id);
	if (!err && options->recurse && !dump->entry.shape.kinds->of_maps)
		err = fail_plain(-EINVAL, "map %u is no map of maps", dump->info.id);
	dump->entry.inner = (struct inner){ .wanted = options->recurse, .limit = dump->limit };
	return err;
}

static int open_one(struct dump *dump, const struct obj *map, const struct dump_options *options)
{
	int err = info_map(map->fd, &dump->info);

	if (err)
		return fail(err, "read what the kernel knows of map %u", map->id);
	err = entry_open(&dump->entry, &dump->info);
	dump->fd = map->fd;
	dump->limit = options->limit.given ? options->limit.value : UINT64_MAX;
	return err ?: choose_parts(dump, options);
}

static int open_all(const struct objs *maps, const struct dump_options *options,
		    struct dumps *dumps)
{
	vec_each (map, maps) {
		struct dump dump = { 0 };
		int err = open_one(&dump, map, options);

		if (!err && vec_push(dumps, dump))
			err = fail(-ENOMEM, "dump %zu maps", maps->n);
		if (err) {
			entry_close(&dump.entry);
			return err;
		}
	}
	return 0;
}

static int check_words(const struct dump_options *options)
{
	if (options->sum && options->cpu.given)
		return fail_plain(-EINVAL, "'sum' is of all CPUs and 'cpu' is one: give either");
	if (options->keys && !options->values && (options->sum || options->recurse))
		return fail_plain(-EINVAL, "'%s' is about values, which 'key' leaves out",
				  options->sum ? "sum" : "recurse");
	return 0;
}

static int run(struct xh *xh, const void *words)
{
	const struct dump_options *options = words;
	__attribute__((cleanup(close_all))) struct dumps dumps = { 0 };
	struct objs maps AUTO_OBJS = { 0 };
	int err = check_words(options) ?: obj_open_all(&options->map, &maps);

	err = err ?: open_all(&maps, options, &dumps);
	if (err)
		return err;
	return dumps.n == 1 ? show_map(xh->out, dumps.v) : show_several(xh->out, &dumps);
}

const struct command map_dump = {
	.name = "dump",
	.summary = "Show the elements of a map",
	.args =
		(const struct arg[]){
			{ ARG_MAP(struct dump_options, map), .required = true, .help = "The map" },
			{ .keyword = "key",
			  ARG_FLAG(struct dump_options, keys),
			  .help = "Only the keys" },
			{ .keyword = "value",
			  ARG_FLAG(struct dump_options, values),
			  .help = "Only the values" },
			{ .keyword = "limit",
			  ARG_U32(struct dump_options, limit),
			  .help = "So many elements at most" },
			{ .keyword = "cpu",
			  ARG_U32(struct dump_options, cpu),
			  .help = "Of per-CPU values only what this CPU has" },
			{ .keyword = "sum",
			  ARG_FLAG(struct dump_options, sum),
			  .help = "Per-CPU numbers added up" },
			{ .keyword = "recurse",
			  ARG_FLAG(struct dump_options, recurse),
			  .help = "What is in the maps of a map of maps too" },
			{ 0 },
		},
	.options_size = sizeof(struct dump_options),
	.run = run,
	.examples = EXAMPLES("xh map dump name hello.bss", "xh -p map dump name hello.rodata"),
};
