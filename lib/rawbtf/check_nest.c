// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Whether the types of BTF nest as C can nest them: no cycles, bounded depths, parts that fit. */
#include <errno.h>
#include <stdlib.h>

#include "base/cleanup.h"
#include "base/err.h"
#include "rawbtf/check.h"
#include "rawbtf/check_inner.h"

/*
 * Two ways to go from type to type. By value: what follows it must end, or no size can be told.
 * Spelled: what C writes in one declaration before it comes to a tag or a name. A type that comes
 * back to itself is fine only through both a pointer and a struct.
 */
struct walk {
	const struct rawbtf *raw;
	bool by_value;
	unsigned int deepest;
	const char *broken;    /* what is wrong with a type that comes back to itself */
	unsigned char *height; /* of each type, 0 while not known */
};

#define ON_THE_WAY 0xff

static bool goes_on(const struct walk *walk, unsigned int kind)
{
	if (check_is_alias(kind) || kind == BTF_KIND_ARRAY)
		return true;
	if (walk->by_value)
		return kind == BTF_KIND_STRUCT || kind == BTF_KIND_UNION;
	return kind == BTF_KIND_PTR || kind == BTF_KIND_FUNC_PROTO || kind == BTF_KIND_FUNC ||
	       kind == BTF_KIND_VAR;
}

/* Finds the height of type `id` above what it leads to; `depth` bounds the recursion. */
static int measure(struct walk *walk, uint32_t id, unsigned int depth)
{
	const struct btf_type *type = id ? rawbtf_type(walk->raw, id) : NULL;
	unsigned int height = 1;
	uint32_t to;

	if (!id || walk->height[id])
		return id && walk->height[id] == ON_THE_WAY
			       ? check_fail(walk->raw, id, "%s", walk->broken)
			       : 0;
	if (depth > walk->deepest)
		return check_fail(walk->raw, id, "nests deeper than %u", walk->deepest);
	walk->height[id] = ON_THE_WAY;
	for (uint32_t i = 0; goes_on(walk, rawbtf_kind(type)) && check_reference(type, i, &to);
	     i++) {
		int err = measure(walk, to, depth + 1);

		if (err)
			return err;
		if (to && walk->height[to] >= height)
			height = walk->height[to] + 1u;
	}
	if (height > walk->deepest)
		return check_fail(walk->raw, id, "nests deeper than %u", walk->deepest);
	walk->height[id] = (unsigned char)height;
	return 0;
}

static int measure_all(struct walk *walk)
{
	auto_free unsigned char *height = calloc(walk->raw->count, sizeof(*height));
	int err = 0;

	if (!height)
		return fail(-ENOMEM, "check %u types of BTF", walk->raw->count);
	walk->height = height;
	for (uint32_t id = walk->raw->first; !err && id < walk->raw->count; id++)
		err = measure(walk, id, 1);
	return err;
}

int check_nesting(const struct rawbtf *raw)
{
	struct walk by_value = { raw, true, BTF_NESTED_MAX, "contains itself", NULL };
	struct walk spelled = { raw, false, BTF_SPELLED_MAX, "is declared by itself", NULL };
	int err = measure_all(&by_value);

	return err ? err : measure_all(&spelled);
}

const struct btf_type *check_resolve(const struct rawbtf *raw, uint32_t id)
{
	while (id && check_is_alias(rawbtf_kind(rawbtf_type(raw, id))))
		id = rawbtf_type(raw, id)->type;
	return id ? rawbtf_type(raw, id) : NULL;
}

uint64_t check_size_of(const struct rawbtf *raw, uint32_t id)
{
	const struct btf_type *type;
	uint64_t items = 1;

	for (;;) {
		const struct btf_array *array;

		type = check_resolve(raw, id);
		if (!type || rawbtf_kind(type) != BTF_KIND_ARRAY)
			break;
		array = (const void *)(type + 1);
		items *= array->nelems;
		if (items > UINT32_MAX)
			return UINT64_MAX;
		id = array->type;
	}
	switch (type ? rawbtf_kind(type) : BTF_KIND_UNKN) {
	case BTF_KIND_PTR:
		return items * sizeof(uint64_t);
	case BTF_KIND_INT:
	case BTF_KIND_FLOAT:
	case BTF_KIND_ENUM:
	case BTF_KIND_ENUM64:
	case BTF_KIND_STRUCT:
	case BTF_KIND_UNION:
		return items * type->size;
	default:
		return UINT64_MAX;
	}
}

/* libbpf divides by the size of a bit field's type and shifts by what is left of it. */
static int check_bitfield(const struct rawbtf *raw, uint32_t id, uint32_t index)
{
	const struct btf_type *type = rawbtf_type(raw, id);
	const struct btf_member *member = (const struct btf_member *)(type + 1) + index;
	const struct btf_type *of = check_resolve(raw, member->type);
	unsigned int kind = of ? rawbtf_kind(of) : BTF_KIND_UNKN;
	uint64_t end = BTF_MEMBER_BIT_OFFSET(member->offset) +
		       (uint64_t)BTF_MEMBER_BITFIELD_SIZE(member->offset);

	if (kind != BTF_KIND_INT && kind != BTF_KIND_ENUM && kind != BTF_KIND_ENUM64)
		return check_fail(raw, id, "has a bit field, member %u, of no integer type", index);
	if (BTF_MEMBER_BITFIELD_SIZE(member->offset) > of->size * 8 || end > 8ull * type->size)
		return check_fail(raw, id, "has a bit field, member %u, beyond its size", index);
	return 0;
}

int check_members(const struct rawbtf *raw, uint32_t id)
{
	const struct btf_type *type = rawbtf_type(raw, id);
	const struct btf_member *members = (const void *)(type + 1);
	bool bitfields = BTF_INFO_KFLAG(type->info);

	if (rawbtf_kind(type) != BTF_KIND_STRUCT && rawbtf_kind(type) != BTF_KIND_UNION)
		return 0;
	for (uint32_t i = 0; i < rawbtf_vlen(type); i++) {
		uint64_t size;

		if (bitfields && BTF_MEMBER_BITFIELD_SIZE(members[i].offset)) {
			int err = check_bitfield(raw, id, i);

			if (err)
				return err;
			continue;
		}
		size = check_size_of(raw, members[i].type);
		if (size > UINT32_MAX)
			return check_fail(raw, id, "has a member, %u, without a size", i);
		if (members[i].offset / 8 + size > type->size)
			return check_fail(raw, id, "has %u bytes, its member %u ends beyond them",
					  type->size, i);
	}
	return 0;
}
