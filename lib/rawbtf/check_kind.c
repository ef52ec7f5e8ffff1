// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What each kind of BTF type may say of itself, and which kinds it may refer to. */
#include <linux/bpf.h>
#include <stdint.h>
#include <string.h>

#include "rawbtf/check_inner.h"

/* Sizes and offsets stay below this, so that a sum of two still fits in 32 bits. */
#define SIZE_LIMIT INT32_MAX

/* The longest value of a kernel configuration option that a program can be told. */
#define KCONFIG_VALUE_MAX 4096

static bool is_power_of_2(uint32_t value)
{
	return value && !(value & (value - 1));
}

/* True for what can be the type of a variable, a member, a parameter; void too. */
static bool is_type(const struct rawbtf *raw, uint32_t id)
{
	unsigned int kind = id ? rawbtf_kind(rawbtf_type(raw, id)) : BTF_KIND_UNKN;

	return kind != BTF_KIND_FUNC && kind != BTF_KIND_VAR && kind != BTF_KIND_DATASEC &&
	       kind != BTF_KIND_DECL_TAG;
}

static int check_types(const struct rawbtf *raw, uint32_t id)
{
	const struct btf_type *type = rawbtf_type(raw, id);
	uint32_t to;

	for (uint32_t i = 0; check_reference(type, i, &to); i++) {
		if (!is_type(raw, to))
			return check_fail(raw, id, "refers to [%u], which is a %s", to,
					  rawbtf_kind_name(rawbtf_kind(rawbtf_type(raw, to))));
	}
	return 0;
}

static int check_int(const struct rawbtf *raw, uint32_t id)
{
	const struct btf_type *type = rawbtf_type(raw, id);
	uint32_t bits;

	memcpy(&bits, type + 1, sizeof(bits));
	if (!is_power_of_2(type->size) || type->size > 16 ||
	    BTF_INT_BITS(bits) + BTF_INT_OFFSET(bits) > type->size * 8)
		return check_fail(raw, id, "has %u bytes, %u bits", type->size, BTF_INT_BITS(bits));
	return 0;
}

static int check_size(const struct rawbtf *raw, uint32_t id)
{
	const struct btf_type *type = rawbtf_type(raw, id);

	if (type->size > SIZE_LIMIT)
		return check_fail(raw, id, "has %u bytes", type->size);
	return check_types(raw, id);
}

static int check_enum(const struct rawbtf *raw, uint32_t id)
{
	const struct btf_type *type = rawbtf_type(raw, id);

	if (!is_power_of_2(type->size) || type->size > 8)
		return check_fail(raw, id, "has %u bytes", type->size);
	return 0;
}

static int check_float(const struct rawbtf *raw, uint32_t id)
{
	uint32_t size = rawbtf_type(raw, id)->size;

	if (size != 2 && size != 4 && size != 8 && size != 12 && size != 16)
		return check_fail(raw, id, "has %u bytes", size);
	return 0;
}

static int check_func(const struct rawbtf *raw, uint32_t id)
{
	const struct btf_type *type = rawbtf_type(raw, id);

	if (!type->type || rawbtf_kind(rawbtf_type(raw, type->type)) != BTF_KIND_FUNC_PROTO)
		return check_fail(raw, id, "has no prototype");
	if (rawbtf_vlen(type) > BTF_FUNC_EXTERN)
		return check_fail(raw, id, "is of unknown linkage %u", rawbtf_vlen(type));
	return 0;
}

static int check_var(const struct rawbtf *raw, uint32_t id)
{
	const struct btf_type *type = rawbtf_type(raw, id);
	const struct btf_var *var = (const void *)(type + 1);

	if (var->linkage > BTF_VAR_GLOBAL_EXTERN)
		return check_fail(raw, id, "is of unknown linkage %u", var->linkage);
	return check_types(raw, id);
}

/*
 * Integers, enums and strings. libbpf refuses others itself, but only after it looked for their
 * alignment, which takes forever in unions of unions of unions.
 */
static bool fits_kconfig(const struct rawbtf *raw, uint32_t id)
{
	const struct btf_type *type = check_resolve(raw, id);
	uint64_t items = 1;

	while (type && rawbtf_kind(type) == BTF_KIND_ARRAY) {
		const struct btf_array *array = (const void *)(type + 1);

		items *= array->nelems;
		if (!items || items > KCONFIG_VALUE_MAX)
			return false;
		type = check_resolve(raw, array->type);
	}
	if (!type)
		return false;
	return rawbtf_kind(type) == BTF_KIND_INT || rawbtf_kind(type) == BTF_KIND_ENUM ||
	       rawbtf_kind(type) == BTF_KIND_ENUM64;
}

/* The length of the array that a type points to: how numbers stand in a map's definition. */
static uint32_t number_in(const struct rawbtf *raw, uint32_t id)
{
	const struct btf_type *type = check_resolve(raw, id);

	if (!type || rawbtf_kind(type) != BTF_KIND_PTR || !type->type)
		return 0;
	type = rawbtf_type(raw, type->type);
	if (rawbtf_kind(type) != BTF_KIND_ARRAY)
		return 0;
	return ((const struct btf_array *)(const void *)(type + 1))->nelems;
}

/* libbpf believes that such a map came out of .struct_ops, with all that belongs to it. */
static bool is_struct_ops(const struct rawbtf *raw, uint32_t definition)
{
	const struct btf_type *type = check_resolve(raw, definition);
	const struct btf_member *members = type ? (const void *)(type + 1) : NULL;

	if (!type || rawbtf_kind(type) != BTF_KIND_STRUCT)
		return false;
	for (uint32_t i = 0; i < rawbtf_vlen(type); i++) {
		if (!strcmp(rawbtf_string(raw, members[i].name_off), "type") &&
		    number_in(raw, members[i].type) == BPF_MAP_TYPE_STRUCT_OPS)
			return true;
	}
	return false;
}

static int check_section_entry(const struct rawbtf *raw, uint32_t id,
			       const struct btf_var_secinfo *entry)
{
	const char *section = rawbtf_string(raw, rawbtf_type(raw, id)->name_off);
	const struct btf_type *var = entry->type ? rawbtf_type(raw, entry->type) : NULL;
	unsigned int kind = var ? rawbtf_kind(var) : BTF_KIND_UNKN;

	if (kind != BTF_KIND_VAR && (kind != BTF_KIND_FUNC || strcmp(section, ".ksyms")))
		return check_fail(raw, id, "lists [%u], which is no variable", entry->type);
	if ((uint64_t)entry->offset + entry->size > SIZE_LIMIT)
		return check_fail(raw, id, "has variable '%s' at %u, %u bytes",
				  rawbtf_string(raw, var->name_off), entry->offset, entry->size);
	if (!strcmp(section, ".maps") && is_struct_ops(raw, var->type))
		return check_fail(raw, id, "has map '%s' of type struct_ops",
				  rawbtf_string(raw, var->name_off));
	if (!strcmp(section, ".kconfig") && !fits_kconfig(raw, var->type))
		return check_fail(raw, id, "has variable '%s', which is no integer, enum or string",
				  rawbtf_string(raw, var->name_off));
	return 0;
}

static int check_section(const struct rawbtf *raw, uint32_t id)
{
	const struct btf_type *type = rawbtf_type(raw, id);
	const struct btf_var_secinfo *entries = (const void *)(type + 1);

	if (!*rawbtf_string(raw, type->name_off) || type->size > SIZE_LIMIT)
		return check_fail(raw, id, "has %u bytes", type->size);
	for (uint32_t i = 0; i < rawbtf_vlen(type); i++) {
		int err = check_section_entry(raw, id, &entries[i]);

		if (err)
			return err;
	}
	return 0;
}

static int check_tag(const struct rawbtf *raw, uint32_t id)
{
	const struct btf_type *type = rawbtf_type(raw, id);
	const struct btf_decl_tag *tag = (const void *)(type + 1);

	if (!type->type || tag->component_idx < -1 || tag->component_idx > BTF_MAX_VLEN)
		return check_fail(raw, id, "is on part %d of [%u]", tag->component_idx, type->type);
	return 0;
}

int check_kind(const struct rawbtf *raw, uint32_t id)
{
	switch (rawbtf_kind(rawbtf_type(raw, id))) {
	case BTF_KIND_INT:
		return check_int(raw, id);
	case BTF_KIND_STRUCT:
	case BTF_KIND_UNION:
		return check_size(raw, id);
	case BTF_KIND_ENUM:
	case BTF_KIND_ENUM64:
		return check_enum(raw, id);
	case BTF_KIND_FLOAT:
		return check_float(raw, id);
	case BTF_KIND_FUNC:
		return check_func(raw, id);
	case BTF_KIND_VAR:
		return check_var(raw, id);
	case BTF_KIND_DATASEC:
		return check_section(raw, id);
	case BTF_KIND_DECL_TAG:
		return check_tag(raw, id);
	default:
		return check_types(raw, id);
	}
}
