// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The machine code of a program, function by function, and names for what it jumps to. */
#include "jit/image.h"

#include <inttypes.h>

#include "base/err.h"

int image_decode(struct image *image, struct native *native)
{
	vec_each (function, &image->functions) {
		int err = native_decode(native, function->bytes, function->len, function->address,
					&function->code);

		if (err)
			return fail_context(err, "function %s", buf_str(&function->name));
	}
	return 0;
}

static bool contains(const struct image_function *function, uint64_t address)
{
	return address - function->address < function->len;
}

static const struct image_function *find_function(const struct image *image, uint64_t address)
{
	vec_each (function, &image->functions) {
		if (contains(function, address))
			return function;
	}
	return NULL;
}

static int want_targets(const struct image *image, const struct image_function *from,
			struct ksyms *ksyms)
{
	uint64_t before = 0;

	vec_each (insn, &from->code.insns) {
		int err;

		if (!insn->branches || insn->target == before || contains(from, insn->target) ||
		    find_function(image, insn->target))
			continue;
		before = insn->target;
		err = ksyms_want_address(ksyms, insn->target);
		if (err)
			return err;
	}
	return 0;
}

int image_want(const struct image *image, struct ksyms *ksyms)
{
	vec_each (function, &image->functions) {
		int err = want_targets(image, function, ksyms);

		if (err)
			return err;
	}
	return 0;
}

bool image_name(const struct image *image, const struct ksyms *ksyms, uint64_t address,
		struct buf *text)
{
	const struct image_function *function = find_function(image, address);
	const char *name;
	uint64_t offset;

	if (function) {
		name = buf_str(&function->name);
		offset = address - function->address;
	} else {
		name = ksyms_name(ksyms, address, &offset);
	}
	if (!name)
		return false;
	buf_addstr(text, name);
	if (offset)
		buf_printf(text, "+0x%" PRIx64, offset);
	return true;
}

void image_free(struct image *image)
{
	vec_each (function, &image->functions) {
		buf_free(&function->name);
		native_code_free(&function->code);
	}
	vec_free(&image->functions);
}
