/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The machine code of a program, function by function, and names for what it jumps to. */
#ifndef XH_JIT_IMAGE_H
#define XH_JIT_IMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/vec.h"
#include "jit/ksyms.h"
#include "jit/native.h"

struct image_function {
	struct buf name;         /* "bpf_prog_6deef7357e7b4530_hello" */
	uint64_t address;        /* of its first byte in the kernel */
	const void *bytes;       /* borrowed */
	size_t len;              /* in bytes */
	struct native_code code; /* filled by image_decode() */
};

/* Zeroed memory is an empty one, to be filled with functions. */
struct image {
	struct image_functions VEC(struct image_function) functions;
};

/* Disassembles all functions; 0, or a negative errno with the failure recorded. */
int image_decode(struct image *image, struct native *native);

/*
 * Asks for the targets that lie outside of the functions, so that a ksyms_read() finds their
 * names. 0, or -ENOMEM with the failure recorded.
 */
int image_want(const struct image *image, struct ksyms *ksyms);

/*
 * Appends the name of `address`, a jump's target or a call's: "bpf_map_lookup_elem",
 * "bpf_prog_6deef7357e7b4530_hello+0x1f". False, and nothing appended, when it has none.
 */
bool image_name(const struct image *image, const struct ksyms *ksyms, uint64_t address,
		struct buf *text);

void image_free(struct image *image);

#endif
