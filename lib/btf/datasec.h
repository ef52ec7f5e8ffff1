/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The variables of a data section: what the value of a map of globals consists of. */
#ifndef XH_BTF_DATASEC_H
#define XH_BTF_DATASEC_H

#include <stdint.h>

struct btf;

struct datasec_var {
	const char *name;
	uint32_t type_id;
	uint32_t offset; /* bytes, in the section */
	uint32_t size;   /* bytes */
};

/* How many there are; 0 for a type `id` that is no data section. */
uint32_t datasec_count(const struct btf *btf, uint32_t id);

/* Variable `index` (less than the count); 0, or -EINVAL for what is none, no failure recorded. */
int datasec_var(const struct btf *btf, uint32_t id, uint32_t index, struct datasec_var *var);

#endif
