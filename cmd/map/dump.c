// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* `xh map dump MAP`: the elements of a map. */
#include <stdio.h>

#include "args.h"
#include "base/err.h"
#include "bpf/info.h"
#include "commands.h"
#include "map/entries.h"
#include "map/entry.h"
#include "map/heading.h"
#include "xh.h"

struct dump_options {
	struct obj_ref map;
};

/* A map and what is known of it. */
struct dump {
	int fd; /* borrowed */
	struct bpf_map_info info;
	struct entry entry;
	bool several; /* it is one of several: say which */
	bool typed;   /* text is within out_typed() already */
};

struct dumps VEC(struct dump);

static void close_all(struct dumps *dumps)
{
	vec_each (dump, dumps)
		entry_close(&dump->entry);
	vec_free(dumps);
}

static void show_block(struct out *out, const struct entry *entry,
		       const struct entries_block *block, uint64_t *found)
{
	const uint8_t *key = block->keys, *value = block->values;

	for (uint32_t i = 0; i < block->count; i++) {
		if (block->errs[i])
			entry_show_error(out, entry, key, block->errs[i]);
		else
			entry_show(out, entry, key, value);
		*found += !block->errs[i];
		key += entry->shape.key_size;
		value += entry->shape.value_stride;
	}
}

static void show_count(struct out *out, uint64_t found)
{
	char text[64];

	snprintf(text, sizeof(text), "Found %llu element%s\n", (unsigned long long)found,
		 found == 1 ? "" : "s");
	out_text(out, text);
}

static int show_entries(struct out *out, struct entries *entries, const struct entry *entry)
{
	struct entries_block block AUTO_ENTRIES_BLOCK = { 0 };
	uint64_t found = 0;
	int more;

	do {
		more = entries_next(entries, &block);
		if (more > 0)
			show_block(out, entry, &block, &found);
	} while (more > 0 && !out_err(out));
	show_count(out, found);
	return more < 0 ? more : out_err(out);
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
	err = show_entries(out, &entries, &dump->entry);
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

static int open_all(const struct objs *maps, struct dumps *dumps)
{
	vec_each (map, maps) {
		struct dump dump = { .fd = map->fd };
		int err = info_map(map->fd, &dump.info);

		if (err)
			return fail(err, "read what the kernel knows of map %u", map->id);
		err = entry_open(&dump.entry, &dump.info);
		if (!err && vec_push(dumps, dump))
			err = fail(-ENOMEM, "dump %zu maps", maps->n);
		if (err) {
			entry_close(&dump.entry);
			return err;
		}
	}
	return 0;
}

static int run(struct xh *xh, const void *words)
{
	const struct dump_options *options = words;
	__attribute__((cleanup(close_all))) struct dumps dumps = { 0 };
	struct objs maps AUTO_OBJS = { 0 };
	int err = obj_open_all(&options->map, &maps) ?: open_all(&maps, &dumps);

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
			{ 0 },
		},
	.options_size = sizeof(struct dump_options),
	.run = run,
};
