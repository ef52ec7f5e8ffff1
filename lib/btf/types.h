/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The types of a BTF object of the kernel: loading it, names, what stands behind a typedef. */
#ifndef XH_BTF_TYPES_H
#define XH_BTF_TYPES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/cleanup.h"

/* libbpf's: the files that look into one include <bpf/btf.h>, the others pass pointers on. */
struct btf;
struct btf_type;

/*
 * Loads the BTF object `id`, and vmlinux beneath it where it is a module's. 0 or a negative errno
 * with the failure recorded; *btf is the caller's, for types_free().
 */
int types_load(uint32_t id, struct btf **btf);

/* True when the BTF object `id` is that of the kernel itself; false also when it cannot be told. */
bool types_is_kernel(uint32_t id);

/* Loads the BTF of the running kernel itself; a few milliseconds. As types_load(). */
int types_load_kernel(struct btf **btf);

/* Frees a BTF object and what is beneath it. */
void types_free(struct btf *btf);
AUTO_DEFINE(types, struct btf *, NULL, types_free)

/* The string at `offset`; "" for one that is out of bounds. */
const char *types_string(const struct btf *btf, uint32_t offset);

/* The name of type `id`; "" when it has none or does not exist. */
const char *types_name(const struct btf *btf, uint32_t id);

/*
 * The type that is left of `id` without its typedefs, qualifiers and tags; NULL for void, for an
 * id that does not exist, and for a chain longer than any compiler makes.
 */
const struct btf_type *types_resolve(const struct btf *btf, uint32_t id);

/* The same, keeping typedefs. */
const struct btf_type *types_unqualified(const struct btf *btf, uint32_t id);

#endif
