// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* `xh btf dump BTF_SRC`: types as they stand in BTF, or as C. */
#include <errno.h>

#include "args.h"
#include "base/err.h"
#include "base/num.h"
#include "btf/cdump.h"
#include "btf/rawdump.h"
#include "btf/source.h"
#include "btf/where.h"
#include "commands.h"
#include "xh.h"

/* What of a map is wanted. */
enum part {
	PART_KEY = 1 << 0,
	PART_VALUE = 1 << 1,
};

static const struct part_row {
	const char *name;
	unsigned int parts; /* 0: all types that there are */
} parts[] = {
	{ "key", PART_KEY },
	{ "value", PART_VALUE },
	{ "kv", PART_KEY | PART_VALUE },
	{ "all", 0 },
};

static const struct format {
	const char *name;
	bool c;
} formats[] = { { "raw", false }, { "c", true } };

static const struct choices part_choices = CHOICES("PART", parts);
static const struct choices format_choices = CHOICES("FORMAT", formats);

#define ROOTS_MAX 16

/* Types that are chosen by their ids. */
struct roots {
	uint32_t v[ROOTS_MAX + 2]; /* with those of a map */
	size_t count;
	size_t given;
};

struct dump_options {
	struct where where;
	const struct part_row *part;
	const struct format *format;
	bool unsorted;
	struct roots roots;
};

static int parse_root(const struct arg *arg, struct words *words, void *slot)
{
	struct roots *roots = slot;
	struct cli_u32 id;
	int err = cli_u32.parse(arg, words, &id);

	if (err)
		return err;
	if (roots->given++ == ROOTS_MAX)
		return fail_plain(-E2BIG, "'%s' is given more than %d times", arg->keyword,
				  ROOTS_MAX);
	for (size_t i = 0; i < roots->count; i++) {
		if (roots->v[i] == id.value)
			return fail_plain(-EINVAL, "type %u is given twice", id.value);
	}
	roots->v[roots->count++] = id.value;
	return 0;
}

static const struct arg_type root_arg = { .name = "ID", .parse = parse_root };

static int add_map_type(const struct source *source, uint32_t id, const char *what,
			struct roots *roots)
{
	if (!id)
		return fail_missing("map %u has no type for its %s", source->map_id, what);
	for (size_t i = 0; i < roots->count; i++) {
		if (roots->v[i] == id)
			return 0;
	}
	roots->v[roots->count++] = id;
	return 0;
}

/* Without a word, all that the map has of the two. */
static int add_map_types(const struct source *source, const struct part_row *part,
			 struct roots *roots)
{
	unsigned int wanted = part ? part->parts : 0;
	int err = 0;

	if (!part)
		wanted = (source->key_type_id ? PART_KEY : 0) | PART_VALUE;
	if (wanted & PART_KEY)
		err = add_map_type(source, source->key_type_id, "key", roots);
	if (!err && wanted & PART_VALUE)
		err = add_map_type(source, source->value_type_id, "value", roots);
	return err;
}

static int check_roots(const struct rawbtf *raw, const struct roots *roots)
{
	for (size_t i = 0; i < roots->count; i++) {
		if (roots->v[i] >= raw->count)
			return fail_missing("no type has the id %u, the last is %u", roots->v[i],
					    raw->count - 1);
	}
	return 0;
}

static int dump_raw(struct out *out, const struct rawbtf *raw, const struct roots *roots)
{
	out_object(out, NULL);
	out_array(out, "types");
	for (size_t i = 0; i < roots->count; i++)
		rawdump_type(out, raw, roots->v[i]);
	for (uint32_t id = raw->first; !roots->count && id < raw->count && !out_err(out); id++)
		rawdump_type(out, raw, id);
	out_end(out);
	out_end(out);
	return out_err(out);
}

static int dump_c(struct out *out, const struct source *source, const struct cdump_choice *choice)
{
	int err;

	out_object(out, NULL);
	out_array(out, "c");
	err = cdump(out, &source->btf, choice);
	out_end(out);
	out_end(out);
	if (err && source->path)
		return fail_context(err, "%s", source->path);
	return err ?: out_err(out);
}

static int run(struct xh *xh, const void *words)
{
	const struct dump_options *options = words;
	struct source source AUTO_SOURCE = { 0 };
	struct roots roots = options->roots;
	bool is_map = !options->where.file && options->where.ref.kind == OBJ_MAP;
	int err;

	if (options->part && !is_map)
		return fail_plain(-EINVAL, "'%s' is for the BTF of a map", options->part->name);
	err = source_open(xh, &options->where, &source);
	if (!err && is_map)
		err = add_map_types(&source, options->part, &roots);
	err = err ?: check_roots(&source.raw, &roots);
	if (err)
		return err;
	if (options->format && options->format->c)
		return dump_c(xh->out, &source,
			      &(struct cdump_choice){ roots.v, roots.count, options->unsorted });
	return dump_raw(xh->out, &source.raw, &roots);
}

const struct command btf_dump = {
	.name = "dump",
	.summary = "Show the types of BTF, as they stand there or in C",
	.args =
		(const struct arg[]){
			{ ARG_WHERE(struct dump_options, where), .required = true,
			  .help = "Where the BTF is" },
			{ ARG_CHOICE(struct dump_options, part, struct part_row, &part_choices),
			  .help = "Of a map: the type of its key, its value, both, or all types" },
			{ .keyword = "format",
			  ARG_CHOICE(struct dump_options, format, struct format, &format_choices),
			  .help = "A line for each type and member, or a header in C" },
			{ .keyword = "unsorted",
			  ARG_FLAG(struct dump_options, unsorted),
			  .help = "In C: in the order that the types have in BTF" },
			{ .keyword = "root_id",
			  .type = &root_arg,
			  .slot = SLOT(struct dump_options, roots, struct roots),
			  .repeats = true,
			  .help = "This type, in C with all that it needs, instead of every one" },
			{ 0 },
		},
	.options_size = sizeof(struct dump_options),
	.run = run,
	.examples = EXAMPLES("xh btf dump file /sys/kernel/btf/vmlinux format c",
			     "xh btf dump map name flows value",
			     "xh btf dump prog name hello format c root_id 2"),
};
