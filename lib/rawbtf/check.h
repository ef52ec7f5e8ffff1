/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Whether BTF from outside says what it may: libbpf believes it, and so may all code after this. */
#ifndef XH_RAWBTF_CHECK_H
#define XH_RAWBTF_CHECK_H

#include <stddef.h>
#include <stdint.h>

/* Types by value within types, typedefs of typedefs counted too; the kernel itself has 33. */
#define BTF_NESTED_MAX  64
/* Declarators and modifiers of one declaration: pointer to function returning array of …. */
#define BTF_SPELLED_MAX 64

/* What a checked .BTF holds, for those who bound the work that it makes. */
struct check_counts {
	uint32_t types;
	uint32_t vars; /* entries of all sections' lists of variables */
	uint32_t maps; /* of those, the ones of .maps */
};

/*
 * Checks all of a .BTF section: every type is of a known kind and whole, every reference leads to
 * a type that may stand there, names are in bounds, no type contains itself, members and variables
 * keep within what they belong to. What C could not declare is refused.
 * `counts` may be NULL. 0, or a negative errno with the failure recorded ("BTF type [7] …").
 */
int check_btf(const void *data, size_t size, struct check_counts *counts);

/*
 * The same for BTF that rawbtf_open() found; that on which it is based has to be checked before.
 */
struct rawbtf;
int check_raw(const struct rawbtf *raw);

/* The same for a .BTF.ext section, which refers to types and strings of the .BTF given. */
int check_btf_ext(const void *ext, size_t ext_size, const void *btf, size_t btf_size);

#endif
