// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Whether BTF can be written as C with a bounded amount of work and of text. */
#include "rawbtf/check_c.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/err.h"
#include "base/text.h"
#include "rawbtf/check.h"
#include "rawbtf/check_inner.h"

/*
 * From one definition that has to come before, or stand within, to the next. The kernel's own types
 * come to 36; libbpf takes two calls for each.
 */
#define DEPTH_MAX 250

/* Declarations, counted as often as they are looked at or written; the kernel's: 3.2 million. */
#define PARTS_MAX 50000000

/* Words that fill gaps of structs; the kernel's: 8,000. */
#define GAPS_MAX 2000000

#define ON_THE_WAY 0xff

struct node {
	uint32_t parts;
	unsigned char height; /* 0 while not known */
};

/* Each type is there twice: by itself, and as what a pointer points to, where a name is enough. */
struct walk {
	const struct rawbtf *raw;
	struct node *nodes;
};

static struct node *node_of(const struct walk *walk, uint32_t id, bool pointed_to)
{
	return &walk->nodes[2 * (size_t)id + pointed_to];
}

static bool is_composite(unsigned int kind)
{
	return kind == BTF_KIND_STRUCT || kind == BTF_KIND_UNION;
}

/* Sections are no part of C. */
static bool is_end(const struct btf_type *type, bool pointed_to)
{
	unsigned int kind = rawbtf_kind(type);

	return kind == BTF_KIND_DATASEC || (is_composite(kind) && type->name_off && pointed_to);
}

static bool points(unsigned int kind, bool pointed_to)
{
	if (kind == BTF_KIND_PTR)
		return true;
	return pointed_to && kind != BTF_KIND_ARRAY && !is_composite(kind);
}

static int measure(const struct walk *walk, uint32_t id, bool pointed_to, unsigned int depth);

/* Adds to `node` all that its type refers to. */
static int measure_parts(const struct walk *walk, uint32_t id, struct node *node, bool pointed_to,
			 unsigned int depth)
{
	const struct btf_type *type = rawbtf_type(walk->raw, id);
	unsigned char height = 1;
	uint64_t parts = 1;
	uint32_t to;

	for (uint32_t i = 0; !is_end(type, pointed_to) && check_reference(type, i, &to); i++) {
		bool next = points(rawbtf_kind(type), pointed_to);
		int err = to ? measure(walk, to, next, depth + 1) : 0;
		const struct node *part = node_of(walk, to, next);

		if (err)
			return err;
		parts += part->parts + 1ull;
		if (part->height >= height)
			height = (unsigned char)(part->height + 1);
	}
	if (height > DEPTH_MAX)
		return check_fail(walk->raw, id, "nests deeper than %u", DEPTH_MAX);
	if (parts > PARTS_MAX)
		return check_fail(walk->raw, id, "has more than %u parts in C", PARTS_MAX);
	*node = (struct node){ (uint32_t)parts, height };
	return 0;
}

static int measure(const struct walk *walk, uint32_t id, bool pointed_to, unsigned int depth)
{
	struct node *node = node_of(walk, id, pointed_to);

	if (node->height == ON_THE_WAY)
		return check_fail(walk->raw, id, "is declared by itself");
	if (node->height)
		return 0;
	if (depth > DEPTH_MAX)
		return check_fail(walk->raw, id, "nests deeper than %u", DEPTH_MAX);
	node->height = ON_THE_WAY;
	return measure_parts(walk, id, node, pointed_to, depth);
}

static int check_parts(const struct rawbtf *raw)
{
	auto_free struct node *nodes = calloc(2 * (size_t)raw->count, sizeof(*nodes));
	const struct walk walk = { raw, nodes };
	uint64_t parts = 0;

	if (!nodes)
		return fail(-ENOMEM, "check %u types of BTF", raw->count);
	for (uint32_t id = 1; id < raw->count; id++) {
		int err = measure(&walk, id, false, 1);

		if (err)
			return err;
		parts += node_of(&walk, id, false)->parts;
		if (parts > PARTS_MAX)
			return fail_plain(-E2BIG, "BTF has more than %u declarations in C",
					  PARTS_MAX);
	}
	return 0;
}

/* The bits of a struct that none of its members has. */
static uint64_t gaps_of(const struct rawbtf *raw, const struct btf_type *type)
{
	const struct btf_member *member = (const void *)(type + 1);
	bool packed = BTF_INFO_KFLAG(type->info);
	uint64_t gaps = 0, end = 0;

	for (uint32_t i = rawbtf_vlen(type); i; i--, member++) {
		uint32_t begin = packed ? BTF_MEMBER_BIT_OFFSET(member->offset) : member->offset;
		uint32_t bits = packed ? BTF_MEMBER_BITFIELD_SIZE(member->offset) : 0;

		gaps += begin > end ? begin - end : 0;
		end = begin + (bits ? bits : 8 * check_size_of(raw, member->type));
	}
	return gaps + (8ull * type->size > end ? 8ull * type->size - end : 0);
}

static int check_gaps(const struct rawbtf *raw)
{
	uint64_t bits = 0;

	for (uint32_t id = 1; id < raw->count; id++) {
		const struct btf_type *type = rawbtf_type(raw, id);

		if (rawbtf_kind(type) == BTF_KIND_STRUCT)
			bits += gaps_of(raw, type);
		if (bits / 64 > GAPS_MAX)
			return check_fail(raw, id, "has gaps, %llu bytes with those before",
					  (unsigned long long)(bits / 8));
	}
	return 0;
}

static bool is_printable(const char *name)
{
	size_t rest, len;

	while (*name >= ' ' && *name <= '~')
		name++;
	rest = strlen(name);
	for (; rest; name += len, rest -= len) {
		len = text_printable(name, rest);
		if (!len)
			return false;
	}
	return true;
}

/* The type's own, and those of its members, enumerators, parameters. */
static bool has_printable_names(const struct rawbtf *raw, const struct btf_type *type)
{
	uint32_t offset = type->name_off, i = 0;

	do {
		if (!is_printable(rawbtf_string(raw, offset)))
			return false;
	} while (check_item_name(type, i++, &offset));
	return true;
}

static int check_names(const struct rawbtf *raw)
{
	for (uint32_t id = 1; id < raw->count; id++) {
		if (!has_printable_names(raw, rawbtf_type(raw, id)))
			return check_fail(raw, id, "has a name that cannot be shown");
	}
	return 0;
}

int check_c(const struct rawbtf *raw)
{
	int err = check_parts(raw);

	if (!err)
		err = check_gaps(raw);
	return err ? err : check_names(raw);
}
