// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Types that are one number, as steps of a plan. */
#include <bpf/btf.h>
#include <errno.h>

#include "base/err.h"
#include "btf/compile.h"
#include "btf/types.h"

int compile_bits(struct compiler *c, struct place place, uint32_t count, bool is_signed)
{
	uint32_t first = place.bit % 8;

	if (!count || first + count > 128)
		return fail_plain(-EINVAL, "BTF type %u has a bitfield of %u bits", place.id,
				  count);
	place.offset += place.bit / 8;
	return compile_push(c, &place,
			    (struct step){
				    .kind = STEP_BITS,
				    .size = (first + count + 7) / 8,
				    .is_signed = is_signed,
				    .bits = { .first = (uint8_t)first, .count = (uint8_t)count },
			    });
}

static bool is_word(uint32_t size)
{
	return size == 1 || size == 2 || size == 4 || size == 8;
}

static int add_int(struct compiler *c, const struct btf_type *type, const struct place *place)
{
	struct step step = { .kind = STEP_INT, .size = type->size };
	uint32_t bits = btf_int_bits(type);
	uint8_t encoding = btf_int_encoding(type);
	struct place at = *place;

	step.is_signed = encoding & BTF_INT_SIGNED;
	at.bit += btf_int_offset(type);
	if (at.bit || bits != type->size * 8 || !is_word(type->size))
		return compile_bits(c, at, bits, step.is_signed);
	if (encoding & BTF_INT_BOOL)
		step.kind = STEP_BOOL;
	else if (encoding & BTF_INT_CHAR && type->size == 1)
		step.kind = STEP_CHAR;
	return compile_push(c, place, step);
}

static int add_enum(struct compiler *c, const struct btf_type *type, const struct place *place)
{
	struct step step = { .kind = STEP_ENUM, .size = type->size };

	if (!is_word(type->size))
		return fail_plain(-EINVAL, "BTF type %u is an enum of %u bytes", place->id,
				  type->size);
	step.names = enums_of(c->btf, type, &c->plan->enums);
	if (!step.names)
		return fail(-ENOMEM, "compile an enum");
	step.is_signed = step.names->is_signed;
	return compile_push(c, place, step);
}

/* _Float16, float, double, and the long double of a 32-bit and of a 64-bit machine. */
static int add_float(struct compiler *c, const struct btf_type *type, const struct place *place)
{
	if (type->size == 1 || (!is_word(type->size) && type->size != 12 && type->size != 16))
		return fail_plain(-EINVAL, "BTF type %u is a floating point number of %u bytes",
				  place->id, type->size);
	return compile_push(c, place, (struct step){ .kind = STEP_FLOAT, .size = type->size });
}

static int add_pointer(struct compiler *c, const struct place *place)
{
	size_t size = btf__pointer_size(c->btf);

	return compile_push(c, place,
			    (struct step){ .kind = STEP_POINTER, .size = size == 4 ? 4 : 8 });
}

int compile_scalar(struct compiler *c, const struct btf_type *type, const struct place *place)
{
	switch (btf_kind(type)) {
	case BTF_KIND_INT:
		return add_int(c, type, place);
	case BTF_KIND_ENUM:
	case BTF_KIND_ENUM64:
		return add_enum(c, type, place);
	case BTF_KIND_FLOAT:
		return add_float(c, type, place);
	case BTF_KIND_PTR:
		return add_pointer(c, place);
	default:
		return fail_plain(-EINVAL, "BTF type %u is no type of values", place->id);
	}
}
