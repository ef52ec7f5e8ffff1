/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What the files that compile a type into a plan share. */
#ifndef XH_BTF_COMPILE_H
#define XH_BTF_COMPILE_H

#include <stdbool.h>
#include <stdint.h>

#include "btf/step.h"

struct btf;
struct btf_type;

struct compiler {
	const struct btf *btf;
	struct plan *plan;
	unsigned int members; /* looked at so far */
};

/* Where a type stands. */
struct place {
	const char *key;
	uint32_t id;     /* of the type, for messages */
	uint64_t offset; /* bytes from the beginning of the value, or of the element */
	uint32_t bit;    /* and these bits, 0 to 7 */
	uint32_t end;    /* bytes of the value or element */
	bool open;       /* an array of no size, at the end of it, goes on to `end` */
	unsigned int depth;
};

/* Appends a step, whose size is seen to end where the value does; the failure is recorded. */
int compile_push(struct compiler *c, const struct place *place, struct step step);

/* A bitfield of `count` bits, which may not be aligned. */
int compile_bits(struct compiler *c, struct place place, uint32_t count, bool is_signed);

/* A type that is one number: integer, enum, pointer, floating point; no other. */
int compile_scalar(struct compiler *c, const struct btf_type *type, const struct place *place);

/* Any type, place->id. */
int compile_type(struct compiler *c, const struct place *place);

#endif
