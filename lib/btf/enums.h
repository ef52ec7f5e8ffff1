/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The named values of an enum type, sorted to be found fast. */
#ifndef XH_BTF_ENUMS_H
#define XH_BTF_ENUMS_H

#include <stdbool.h>
#include <stdint.h>

struct btf;
struct btf_type;

struct enum_name {
	int64_t value; /* the bits of the value, extended by sign */
	uint32_t rank; /* its place in the type: of two names the first is shown */
	const char *name;
};

struct enums {
	struct enums *next; /* the list they are kept in */
	const struct btf_type *type;
	bool is_signed;
	uint32_t count;
	struct enum_name names[];
};

/*
 * The table of an enum type (BTF_KIND_ENUM, BTF_KIND_ENUM64), new or out of *list, which owns it;
 * names are borrowed from `btf`. NULL: no memory.
 */
const struct enums *enums_of(const struct btf *btf, const struct btf_type *type,
			     struct enums **list);
void enums_free(struct enums *list);

/* The name of a value (extended by sign), or NULL. */
const char *enums_name(const struct enums *enums, int64_t value);

#endif
