/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What the files that check BTF share. */
#ifndef XH_RAWBTF_CHECK_INNER_H
#define XH_RAWBTF_CHECK_INNER_H

#include <stdbool.h>

#include "rawbtf/rawbtf.h"

/* Records "BTF type [7] struct 'x' …" and returns -EINVAL. */
int check_fail(const struct rawbtf *raw, uint32_t id, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* The `index`th type id that `type` refers to goes to *id; false after the last. */
bool check_reference(const struct btf_type *type, uint32_t index, uint32_t *id);

/* The name offset of the `index`th member, enumerator or parameter; false after the last. */
bool check_item_name(const struct btf_type *type, uint32_t index, uint32_t *offset);

/* What type `id`, whose references are in bounds, says of itself. */
int check_kind(const struct rawbtf *raw, uint32_t id);

/* Cycles and depths; then the sizes of members, which only then can be known. */
int check_nesting(const struct rawbtf *raw);
int check_members(const struct rawbtf *raw, uint32_t id);

/* The first type from `id` on that is no typedef and no modifier; no cycles, please. */
const struct btf_type *check_resolve(const struct rawbtf *raw, uint32_t id);

/* The bytes of a value of type `id`; UINT64_MAX for what has no size, or is too large. */
uint64_t check_size_of(const struct rawbtf *raw, uint32_t id);

/* True for what only changes or names another type: typedef, const, volatile, …. */
bool check_is_alias(unsigned int kind);

#endif
