/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* A BTF type compiled once, so that many values of it can be rendered fast. */
#ifndef XH_BTF_PLAN_H
#define XH_BTF_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/cleanup.h"

struct btf;
struct plan;

/*
 * Compiles type `id` for values of `size` bytes, which are to be shown under `key` (NULL in an
 * array). `btf` and `key` are borrowed for as long as the plan lives.
 * NULL, with the failure recorded, for what cannot be shown: the type does not exist, has no size,
 * reaches beyond `size`, or is nested or put together beyond measure.
 */
struct plan *plan_new(const struct btf *btf, uint32_t id, uint32_t size, const char *key);
void plan_free(struct plan *plan);
AUTO_DEFINE(plan, struct plan *, NULL, plan_free)

/* True when its values are no more than an integer of 1, 2, 4 or 8 bytes. */
bool plan_is_integer(const struct plan *plan, bool *is_signed);

#endif
