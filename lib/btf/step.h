/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What a plan consists of: shared by those who compile (plan.c) and render (render.c). */
#ifndef XH_BTF_STEP_H
#define XH_BTF_STEP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/vec.h"
#include "btf/enums.h"

enum step_kind {
	STEP_OBJECT, /* the steps up to its STEP_END are its members */
	STEP_LIST,   /* the same, as elements of an array */
	STEP_END,
	STEP_ARRAY, /* the `body` steps that follow render one element, from its beginning */
	STEP_INT,   /* 1, 2, 4 or 8 bytes */
	STEP_BITS,  /* a bitfield or an integer of odd size: `bits` from bit `first` of a byte on */
	STEP_BOOL,
	STEP_CHAR,
	STEP_FLOAT,
	STEP_POINTER, /* 4 or 8 bytes */
	STEP_ENUM,
};

struct btf;

struct step {
	enum step_kind kind;
	uint32_t offset; /* bytes from the beginning of the value, or of the element */
	uint32_t size;   /* bytes that are read there */
	bool is_signed;
	const char *key;  /* NULL in arrays */
	uint32_t type_id; /* as it was declared, for messages */
	union {
		struct {
			uint32_t count;  /* elements */
			uint32_t stride; /* bytes from one to the next */
			uint32_t body;
			bool chars; /* may be a string */
		} array;
		struct {
			uint8_t first; /* 0 to 7 */
			uint8_t count; /* 1 to 128 */
		} bits;
		const struct enums *names;
	};
};

struct plan {
	const struct btf *btf; /* borrowed */
	uint32_t size;         /* bytes of a value */
	struct VEC(struct step) steps;
	struct enums *enums;
};

#endif
