/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Names of the types of a BTF object of the kernel, where nothing else of them is wanted. */
#ifndef XH_BTF_TYPENAMES_H
#define XH_BTF_TYPENAMES_H

#include <stddef.h>
#include <stdint.h>

#include "rawbtf/rawbtf.h"

struct btf;

/* Zeroed memory has no names. */
struct typenames {
	struct btf *btf;
	void *mapped; /* or, of the kernel itself, its file (Linux 6.16): a tenth of the time */
	size_t mapped_size;
	struct rawbtf raw; /* of what is mapped */
};

/* Of the BTF object `id`. 0 or a negative errno with the failure recorded. */
int typenames_open(uint32_t id, struct typenames *names);
void typenames_close(struct typenames *names);

/* The name of a type; "" when it has none or does not exist. */
const char *typenames_of(const struct typenames *names, uint32_t type_id);

#endif
