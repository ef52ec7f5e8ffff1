// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Raw bytes, by their BTF type, through lib/out. */
#include "btf/render.h"

#include <string.h>

#include "btf/number.h"
#include "btf/step.h"
#include "out/out.h"

/* What bytes become in text, which is JSON there. */
#define ALL "%"

static uint64_t load_unsigned(const struct step *step, const char *at)
{
	uint64_t u64;
	uint32_t u32;
	uint16_t u16;

	switch (step->size) {
	case 1:
		return (uint8_t)*at;
	case 2:
		memcpy(&u16, at, 2);
		return u16;
	case 4:
		memcpy(&u32, at, 4);
		return u32;
	default:
		memcpy(&u64, at, 8);
		return u64;
	}
}

static int64_t load_signed(const struct step *step, const char *at)
{
	unsigned int spare = 64 - 8 * step->size;

	return (int64_t)(load_unsigned(step, at) << spare) >> spare;
}

static void render_int(struct out *out, const struct step *step, const char *at)
{
	if (step->is_signed)
		out_int(out, step->key, ALL, load_signed(step, at));
	else
		out_uint(out, step->key, ALL, load_unsigned(step, at));
}

static void render_enum(struct out *out, const struct step *step, const char *at)
{
	const char *name = enums_name(step->names, load_signed(step, at));

	if (name)
		out_str(out, step->key, ALL, name);
	else
		render_int(out, step, at);
}

static void render_bits(struct out *out, const struct step *step, const char *at)
{
	struct number_bits bits = number_bits(step, at);
	char text[NUMBER_SIZE];

	if (!bits.high) {
		out_hexstr(out, step->key, ALL, bits.low);
		return;
	}
	number_hex(step, bits, text);
	out_str(out, step->key, ALL, text);
}

static void render_float(struct out *out, const struct step *step, const char *at)
{
	char text[NUMBER_SIZE];

	number_float(step, at, text);
	out_token(out, step->key, ALL, text);
}

/* The length of the string in an array of char; -1 when it is none: not printable, or no NUL. */
static int64_t string_length(const struct step *step, const char *at)
{
	for (uint32_t i = 0; i < step->array.count; i++) {
		if (!at[i])
			return i;
		if (at[i] < ' ' || at[i] > '~')
			break;
	}
	return -1;
}

static void run(struct out *out, const struct step *step, const struct step *end, const char *base);

static void render_array(struct out *out, const struct step *step, const char *at)
{
	const struct step *body = step + 1;
	int64_t length = step->array.chars ? string_length(step, at) : -1;

	if (length >= 0) {
		out_strn(out, step->key, ALL, at, (size_t)length);
		return;
	}
	out_array(out, step->key);
	for (uint32_t i = 0; i < step->array.count; i++)
		run(out, body, body + step->array.body, at + (size_t)i * step->array.stride);
	out_end(out);
}

static void run(struct out *out, const struct step *step, const struct step *end, const char *base)
{
	for (; step < end; step++) {
		const char *at = base + step->offset;

		switch (step->kind) {
		case STEP_OBJECT:
			out_object(out, step->key);
			break;
		case STEP_LIST:
			out_array(out, step->key);
			break;
		case STEP_END:
			out_end(out);
			break;
		case STEP_ARRAY:
			render_array(out, step, at);
			step += step->array.body;
			break;
		case STEP_INT:
			render_int(out, step, at);
			break;
		case STEP_BITS:
			render_bits(out, step, at);
			break;
		case STEP_BOOL:
			out_bool(out, step->key, ALL, load_unsigned(step, at));
			break;
		case STEP_CHAR:
			out_strn(out, step->key, ALL, at, 1);
			break;
		case STEP_FLOAT:
			render_float(out, step, at);
			break;
		case STEP_POINTER:
			out_pointer(out, step->key, ALL, load_unsigned(step, at));
			break;
		case STEP_ENUM:
			render_enum(out, step, at);
			break;
		}
	}
}

void render(struct out *out, const struct plan *plan, const void *bytes)
{
	run(out, plan->steps.v, plan->steps.v + plan->steps.n, bytes);
}
