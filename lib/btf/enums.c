// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The named values of an enum type, sorted to be found fast. */
#include "btf/enums.h"

#include <bpf/btf.h>
#include <stdlib.h>

#include "btf/types.h"

static int compare(const void *a, const void *b)
{
	const struct enum_name *left = a, *right = b;

	if (left->value != right->value)
		return left->value < right->value ? -1 : 1;
	return left->rank < right->rank ? -1 : left->rank > right->rank;
}

/* A value of `size` bytes: what a type of that size holds of it. */
static int64_t extended(uint64_t value, uint32_t size)
{
	unsigned int spare = 64 - 8 * size;

	return (int64_t)(value << spare) >> spare;
}

static struct enum_name item(const struct btf *btf, const struct btf_type *type, uint32_t index)
{
	const struct btf_enum64 *wide = btf_enum64(type) + index;
	const struct btf_enum *narrow = btf_enum(type) + index;
	bool is_wide = btf_kind(type) == BTF_KIND_ENUM64;
	uint64_t value = is_wide ? btf_enum64_value(wide) : (uint64_t)(int64_t)narrow->val;

	return (struct enum_name){
		.value = extended(value, type->size),
		.rank = index,
		.name = types_string(btf, is_wide ? wide->name_off : narrow->name_off),
	};
}

/*
 * Older compilers (LLVM before 15) do not say that an enum is signed: one with a value that
 * would be negative is taken for it, as an unsigned one hardly has the highest bit set.
 */
static bool is_signed(const struct btf_type *type, const struct enums *enums)
{
	return btf_kflag(type) ||
	       (btf_kind(type) == BTF_KIND_ENUM && enums->count && enums->names[0].value < 0);
}

const struct enums *enums_of(const struct btf *btf, const struct btf_type *type,
			     struct enums **list)
{
	uint32_t count = btf_vlen(type);
	struct enums *enums;

	for (enums = *list; enums; enums = enums->next) {
		if (enums->type == type)
			return enums;
	}
	enums = calloc(1, sizeof(*enums) + count * sizeof(enums->names[0]));
	if (!enums)
		return NULL;
	enums->type = type;
	enums->count = count;
	for (uint32_t i = 0; i < count; i++)
		enums->names[i] = item(btf, type, i);
	qsort(enums->names, count, sizeof(enums->names[0]), compare);
	enums->is_signed = is_signed(type, enums);
	enums->next = *list;
	*list = enums;
	return enums;
}

void enums_free(struct enums *list)
{
	while (list) {
		struct enums *next = list->next;

		free(list);
		list = next;
	}
}

/* The first of the names that are not below `value`. */
const char *enums_name(const struct enums *enums, int64_t value)
{
	uint32_t low = 0, high = enums->count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (enums->names[middle].value < value)
			low = middle + 1;
		else
			high = middle;
	}
	return low < enums->count && enums->names[low].value == value ? enums->names[low].name
								      : NULL;
}
