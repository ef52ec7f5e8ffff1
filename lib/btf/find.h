/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* A type by the name that C code has for it. */
#ifndef XH_BTF_FIND_H
#define XH_BTF_FIND_H

#include <stdint.h>

struct btf;

struct find {
	uint32_t id;
	uint32_t size; /* bytes of a value */
};

/*
 * Looks for "struct event", "union u", "enum e", or a plain name: of a struct, union, typedef, enum
 * or number, in this order. 0; -ENOENT when there is none whose values have a size. No failure
 * recorded.
 */
int find_type(const struct btf *btf, const char *name, struct find *found);

#endif
