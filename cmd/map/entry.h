/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* An element of a map as it is shown: its bytes, and what they mean by the map's BTF. */
#ifndef XH_CMD_MAP_ENTRY_H
#define XH_CMD_MAP_ENTRY_H

#include <linux/bpf.h>
#include <stdbool.h>

#include "btf/plan.h"
#include "btf/types.h"
#include "map/inner.h"
#include "map/parts.h"
#include "map/shape.h"
#include "map/sum.h"

struct out;

/* How the elements of one map are shown. */
struct entry {
	struct shape shape;
	uint32_t map_type;

	struct btf *btf;
	struct plan *key;   /* NULL: keys have no type */
	struct plan *value; /* NULL: there are only bytes to show */

	/* What is left out, nothing at first: for the caller to set. */
	bool no_keys, no_values;
	bool one_cpu; /* of per-CPU values all parts but that of `cpu` */
	uint32_t cpu;
	struct sum sum; /* set by sum_choose() */
	struct inner inner;

	/* Templates of text. */
	const char *key_text;
	const char *value_text;
	const char *inner_text; /* of the id of an inner map */
	struct parts parts;
	bool one_line;
};

/*
 * Finds out how a map lies in memory, loads its BTF and compiles its types. Types that cannot be
 * had or shown are warned of, and bytes are shown instead. 0 or a negative errno with the failure
 * recorded.
 */
int entry_open(struct entry *entry, const struct bpf_map_info *info);
void entry_close(struct entry *entry);
#define AUTO_ENTRY __attribute__((cleanup(entry_close)))

/* True when text shows the elements as JSON, by their types, which belongs within out_typed(). */
static inline bool entry_is_typed(const struct entry *entry)
{
	return entry->value;
}

/* Emits one element: an object in JSON and typed text, else lines of text. */
void entry_show(struct out *out, const struct entry *entry, const void *key, const void *value);

/* The same of a map without keys. */
void entry_show_value(struct out *out, const struct entry *entry, const void *value);

/* Emits an element whose value cannot be had; `err` is a negative errno. */
void entry_show_error(struct out *out, const struct entry *entry, const void *key, int err);

#endif
