/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What the parameters of a new map have to be, type by type (kernel/bpf, *_alloc_check()). */
#ifndef XH_MAP_RULES_H
#define XH_MAP_RULES_H

#include <stdbool.h>
#include <stdint.h>

enum rules_entries {
	RULES_ENTRIES, /* one at least */
	RULES_NO_ENTRIES,
	RULES_BYTES, /* they count bytes: a power of two, in whole pages */
};

struct rules_range {
	uint32_t min, max; /* bytes; 0 and 0: there are none */
};

struct rules {
	struct rules_range key, value;
	uint32_t value_unit; /* bytes that a value is a multiple of; 0: any */
	uint32_t flags;      /* that it needs */
	uint32_t no_flags;   /* that it cannot have */
	enum rules_entries entries;
	bool has_inner;     /* it is made after a map */
	const char *cannot; /* why parameters are not enough; NULL when they are */
};

/* NULL for a type that nothing is known of. */
const struct rules *rules_of(uint32_t type);

#endif
