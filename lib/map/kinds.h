/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What the types of map differ in when their elements are read. */
#ifndef XH_MAP_KINDS_H
#define XH_MAP_KINDS_H

#include <stdbool.h>
#include <stdint.h>

enum kinds_missing {
	KINDS_GONE, /* a key without a value was deleted meanwhile, or its slot is empty: no element */
	KINDS_SHOWN, /* such a key is an element of which the value cannot be had */
};

struct kinds {
	bool per_cpu;  /* a value has a part for each possible CPU */
	bool of_maps;  /* values are ids of maps */
	bool of_progs; /* values are ids of programs */
	bool indexed;  /* keys are the numbers of slots that are always there */
	bool in_order; /* values have no keys, but an order: they are looked at and taken one by one */
	bool in_buckets; /* a hash table whose batches go on by the number of the next bucket */
	bool by_key; /* its batches are walks from key to key, which may begin anew or get stuck */
	enum kinds_missing missing;
	const char *none;    /* why there are no elements to read; NULL when there are */
	const char *instead; /* what to do about it */
};

/* Of a map type; one that is not known is taken for a plain one. */
const struct kinds *kinds_of(uint32_t type);

#endif
