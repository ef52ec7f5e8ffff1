// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* An order of types for C that stays the same from one build of a kernel to the next. */
#include "btf/corder.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/err.h"
#include "rawbtf/rawbtf.h"

enum rank {
	RANK_UNNAMED_ENUM,
	RANK_ENUM,
	RANK_NUMBER,
	RANK_COMPOSITE,
	RANK_PROTOTYPE,
	RANK_REST,
};

struct place {
	uint32_t id;
	enum rank rank;
	const char *name; /* by which it is found */
	const char *own_name;
	uint64_t hash; /* of what it consists of */
};

static bool is_reference(unsigned int kind)
{
	switch (kind) {
	case BTF_KIND_TYPE_TAG:
	case BTF_KIND_CONST:
	case BTF_KIND_PTR:
	case BTF_KIND_VOLATILE:
	case BTF_KIND_RESTRICT:
	case BTF_KIND_TYPEDEF:
	case BTF_KIND_DECL_TAG:
		return true;
	default:
		return false;
	}
}

static const struct btf_array *array_of(const struct btf_type *type)
{
	return (const void *)(type + 1);
}

/* What a reference or an array leads to; 0 for void, and for a type that is neither. */
static uint32_t target_of(const struct btf_type *type)
{
	if (is_reference(rawbtf_kind(type)))
		return type->type;
	return rawbtf_kind(type) == BTF_KIND_ARRAY ? array_of(type)->type : 0;
}

/* The first type from `id` on that leads nowhere else; NULL for void. */
static const struct btf_type *end_of(const struct rawbtf *raw, uint32_t id)
{
	const struct btf_type *type = id ? rawbtf_type(raw, id) : NULL;

	while (type && (is_reference(rawbtf_kind(type)) || rawbtf_kind(type) == BTF_KIND_ARRAY)) {
		id = target_of(type);
		type = id ? rawbtf_type(raw, id) : NULL;
	}
	return type;
}

/* A reference has the rank of what it leads to, once there is a name on the way. */
static enum rank rank_of(const struct rawbtf *raw, uint32_t id)
{
	bool named = false;

	for (; id; id = target_of(rawbtf_type(raw, id))) {
		const struct btf_type *type = rawbtf_type(raw, id);

		named = named || type->name_off;
		switch (rawbtf_kind(type)) {
		case BTF_KIND_ENUM:
		case BTF_KIND_ENUM64:
			return named ? RANK_ENUM : RANK_UNNAMED_ENUM;
		case BTF_KIND_INT:
		case BTF_KIND_FLOAT:
			return RANK_NUMBER;
		case BTF_KIND_STRUCT:
		case BTF_KIND_UNION:
			return named ? RANK_COMPOSITE : RANK_REST;
		case BTF_KIND_FUNC_PROTO:
			return named ? RANK_PROTOTYPE : RANK_REST;
		default:
			if (!named)
				return RANK_REST;
		}
	}
	return RANK_REST;
}

/* An unnamed enum goes by its first enumerator: both kinds of enumerators begin with a name. */
static uint32_t name_of(const struct rawbtf *raw, uint32_t id)
{
	const struct btf_type *type = rawbtf_type(raw, id), *end = end_of(raw, id);
	unsigned int kind = rawbtf_kind(type);

	if (type == end && !type->name_off && rawbtf_vlen(type) &&
	    (kind == BTF_KIND_ENUM || kind == BTF_KIND_ENUM64))
		return *(const uint32_t *)(const void *)(type + 1);
	return end ? end->name_off : 0;
}

static uint64_t mix(uint64_t hash, uint64_t value)
{
	return hash * 31 + value;
}

static uint64_t mix_name(uint64_t hash, const struct rawbtf *raw, uint32_t offset)
{
	uint64_t name = 0;

	if (!offset)
		return hash;
	for (const char *byte = rawbtf_string(raw, offset); *byte; byte++)
		name = mix(name, (uint64_t)*byte);
	return mix(hash, name);
}

static uint64_t mix_enumerators(uint64_t hash, const struct rawbtf *raw,
				const struct btf_type *type)
{
	bool wide = rawbtf_kind(type) == BTF_KIND_ENUM64;
	const struct btf_enum *narrow = (const void *)(type + 1);
	const struct btf_enum64 *values = (const void *)(type + 1);

	for (uint32_t i = 0; i < rawbtf_vlen(type); i++)
		hash = mix_name(hash, raw, wide ? values[i].name_off : narrow[i].name_off);
	return hash;
}

static uint64_t hash_of(const struct rawbtf *raw, uint32_t id, bool members);

static uint64_t mix_members(uint64_t hash, const struct rawbtf *raw, const struct btf_type *type)
{
	const struct btf_member *member = (const void *)(type + 1);

	for (uint32_t i = rawbtf_vlen(type); i; i--, member++) {
		hash = mix_name(hash, raw, member->name_off);
		hash = mix(hash, hash_of(raw, member->type, false));
	}
	return hash;
}

/* Goes down references, and one level into structs: check_raw() bounds both. */
static uint64_t hash_of(const struct rawbtf *raw, uint32_t id, bool members)
{
	const struct btf_type *type = id ? rawbtf_type(raw, id) : NULL;
	uint64_t hash = type ? mix_name(0, raw, type->name_off) : 0;

	switch (type ? rawbtf_kind(type) : BTF_KIND_UNKN) {
	case BTF_KIND_ENUM:
	case BTF_KIND_ENUM64:
		return mix_enumerators(hash, raw, type);
	case BTF_KIND_STRUCT:
	case BTF_KIND_UNION:
		return members ? mix_members(hash, raw, type) : hash;
	case BTF_KIND_ARRAY:
		hash = mix(hash, array_of(type)->nelems);
		return mix(hash, hash_of(raw, array_of(type)->type, members));
	default:
		if (type && is_reference(rawbtf_kind(type)))
			hash = mix(hash, hash_of(raw, type->type, members));
		return hash;
	}
}

static int compare(const void *left, const void *right)
{
	const struct place *a = left, *b = right;
	int order = (int)a->rank - (int)b->rank;

	if (!order)
		order = strcmp(a->name, b->name);
	if (!order)
		order = strcmp(a->own_name, b->own_name);
	if (!order && a->hash != b->hash)
		order = a->hash < b->hash ? -1 : 1;
	if (!order)
		order = a->id < b->id ? -1 : 1;
	return order;
}

/* What is last defines nothing in C, so its hash need not be known. */
static void find_place(const struct rawbtf *raw, uint32_t id, struct place *place)
{
	*place = (struct place){
		.id = id,
		.rank = rank_of(raw, id),
		.name = rawbtf_string(raw, name_of(raw, id)),
		.own_name = rawbtf_string(raw, rawbtf_type(raw, id)->name_off),
	};
	if (place->rank != RANK_REST)
		place->hash = hash_of(raw, id, true);
}

uint32_t *corder_new(const struct rawbtf *raw)
{
	size_t count = raw->count - 1;
	auto_free struct place *places = calloc(count + 1, sizeof(*places));
	uint32_t *ids = calloc(count + 1, sizeof(*ids));

	if (!places || !ids) {
		free(ids);
		fail(-ENOMEM, "sort %zu types of BTF", count);
		return NULL;
	}
	for (size_t i = 0; i < count; i++)
		find_place(raw, (uint32_t)i + 1, &places[i]);
	qsort(places, count, sizeof(*places), compare);
	for (size_t i = 0; i < count; i++)
		ids[i] = places[i].id;
	return ids;
}
