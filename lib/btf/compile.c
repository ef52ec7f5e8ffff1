// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Types that are put together of others, as steps of a plan. */
#include "btf/compile.h"

#include <bpf/btf.h>
#include <errno.h>
#include <string.h>

#include "base/err.h"
#include "btf/types.h"

/* Types in types: well below OUT_DEPTH_MAX, above the kernel's MAX_RESOLVE_DEPTH of 32. */
#define DEPTH_MAX 64

/* A few lines of C can mean more members than there is memory, or time. */
#define MEMBERS_MAX 65536

static int count_one(struct compiler *c)
{
	if (c->members++ < MEMBERS_MAX)
		return 0;
	return fail_plain(-E2BIG, "the BTF type has more than %d members", MEMBERS_MAX);
}

int compile_push(struct compiler *c, const struct place *place, struct step step)
{
	int err = count_one(c);

	if (err)
		return err;
	if (place->offset + step.size > place->end)
		return fail_plain(-EINVAL, "BTF type %u would end at byte %llu of %u", place->id,
				  (unsigned long long)place->offset + step.size, place->end);
	step.key = place->key;
	step.type_id = place->id;
	step.offset = (uint32_t)place->offset;
	return vec_push(&c->plan->steps, step) ? fail(-ENOMEM, "compile a BTF type") : 0;
}

static int push_kind(struct compiler *c, const struct place *place, enum step_kind kind)
{
	return compile_push(c, place, (struct step){ .kind = kind });
}

/* True for char: by its name too, as clang says no more of it than that it is signed. */
static bool is_char(const struct btf *btf, uint32_t id)
{
	const struct btf_type *type = types_unqualified(btf, id);

	return type && btf_is_int(type) && type->size == 1 &&
	       (btf_int_encoding(type) & BTF_INT_CHAR ||
		!strcmp(types_string(btf, type->name_off), "char"));
}

static int push_array(struct compiler *c, struct step step, const struct place *place)
{
	uint64_t size = (uint64_t)step.array.count * step.array.stride;

	step.size = size < UINT32_MAX ? (uint32_t)size : UINT32_MAX;
	return compile_push(c, place, step);
}

/* Elements without a size (empty structs) have nothing to show, however many they are. */
static int add_array(struct compiler *c, const struct btf_type *type, const struct place *place)
{
	const struct btf_array *array = btf_array(type);
	int64_t stride = btf__resolve_size(c->btf, array->type);
	struct place element = { .id = array->type, .depth = place->depth };
	struct step step = { .kind = STEP_ARRAY };
	size_t at = c->plan->steps.n;
	int err;

	if (stride < 0 || stride > UINT32_MAX)
		return fail_plain(-EINVAL, "BTF type %u has elements without a size", place->id);
	element.end = step.array.stride = (uint32_t)stride;
	step.array.chars = is_char(c->btf, array->type);
	if (stride && !array->nelems && place->open && place->offset < place->end)
		step.array.count = (place->end - (uint32_t)place->offset) / (uint32_t)stride;
	else if (stride)
		step.array.count = array->nelems;
	err = push_array(c, step, place);
	if (err || !step.array.count)
		return err;
	err = compile_type(c, &element);
	c->plan->steps.v[at].array.body = (uint32_t)(c->plan->steps.n - at - 1);
	return err;
}

static bool is_signed(const struct btf_type *type)
{
	if (!type || !btf_is_int(type))
		return type && btf_kflag(type);
	return btf_int_encoding(type) & BTF_INT_SIGNED;
}

static int add_members(struct compiler *c, const struct btf_type *type, const struct place *place);

static int add_member(struct compiler *c, const struct btf_type *parent, uint32_t index,
		      struct place place)
{
	const struct btf_member *member = btf_members(parent) + index;
	const struct btf_type *type = types_resolve(c->btf, member->type);
	uint32_t bitfield = btf_member_bitfield_size(parent, index);
	uint32_t bit = btf_member_bit_offset(parent, index);

	place.key = types_string(c->btf, member->name_off);
	place.id = member->type;
	place.offset += bit / 8;
	place.bit = bit % 8;
	place.open = place.open && (btf_is_union(parent) || index + 1U == btf_vlen(parent));
	if (bitfield)
		return *place.key ? compile_bits(c, place, bitfield, is_signed(type)) : 0;
	if (!*place.key && type && btf_is_composite(type) && place.depth++ < DEPTH_MAX)
		return add_members(c, type, &place);
	return compile_type(c, &place);
}

/* C names the members of an anonymous struct or union as if they were its parent's: so do we. */
static int add_members(struct compiler *c, const struct btf_type *type, const struct place *place)
{
	int err = 0;

	for (uint32_t i = 0; !err && i < btf_vlen(type); i++)
		err = count_one(c) ?: add_member(c, type, i, *place);
	return err;
}

static int add_composite(struct compiler *c, const struct btf_type *type, const struct place *place)
{
	return push_kind(c, place, STEP_OBJECT) ?: add_members(c, type, place) ?:
						   push_kind(c, place, STEP_END);
}

/* {"name": value} */
static int add_var(struct compiler *c, const struct btf_type *type, const struct place *place)
{
	struct place inner = *place;

	inner.key = types_string(c->btf, type->name_off);
	inner.id = type->type;
	return push_kind(c, place, STEP_OBJECT) ?: compile_type(c, &inner) ?:
						   push_kind(c, place, STEP_END);
}

static int add_vars(struct compiler *c, const struct btf_type *type, struct place place)
{
	const struct btf_var_secinfo *var = btf_var_secinfos(type);
	uint32_t end = place.end;
	uint64_t start = place.offset;
	int err = 0;

	place.key = NULL;
	for (uint32_t i = 0; !err && i < btf_vlen(type); i++, var++) {
		int64_t size = btf__resolve_size(c->btf, var->type);

		place.id = var->type;
		place.offset = start + var->offset;
		place.open = size >= 0 && size < var->size;
		place.end = end;
		if (place.open && place.offset + var->size < end)
			place.end = (uint32_t)place.offset + var->size;
		err = compile_type(c, &place);
	}
	return err;
}

/* {".bss": [{"name": value}, …]} */
static int add_section(struct compiler *c, const struct btf_type *type, const struct place *place)
{
	struct place list = *place;

	list.key = types_string(c->btf, type->name_off);
	return push_kind(c, place, STEP_OBJECT) ?:
	       push_kind(c, &list, STEP_LIST) ?:
	       add_vars(c, type, *place) ?:
	       push_kind(c, place, STEP_END) ?:
	       push_kind(c, place, STEP_END);
}

int compile_type(struct compiler *c, const struct place *place)
{
	const struct btf_type *type = types_resolve(c->btf, place->id);
	struct place inner = *place;

	if (!type)
		return fail_plain(-EINVAL, "BTF type %u is no type of values", place->id);
	if (inner.depth++ >= DEPTH_MAX)
		return fail_plain(-E2BIG, "BTF type %u is nested too deeply", place->id);
	switch (btf_kind(type)) {
	case BTF_KIND_ARRAY:
		return add_array(c, type, &inner);
	case BTF_KIND_STRUCT:
	case BTF_KIND_UNION:
		return add_composite(c, type, &inner);
	case BTF_KIND_VAR:
		return add_var(c, type, &inner);
	case BTF_KIND_DATASEC:
		return add_section(c, type, &inner);
	default:
		return compile_scalar(c, type, &inner);
	}
}
