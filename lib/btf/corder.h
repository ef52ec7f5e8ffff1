/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* An order of types for C that stays the same from one build of a kernel to the next. */
#ifndef XH_BTF_CORDER_H
#define XH_BTF_CORDER_H

#include <stdint.h>

struct rawbtf;

/*
 * The ids of all types but void, `raw->count - 1` of them, heap, the caller's: enums, numbers,
 * structs and unions, prototypes, the rest, each by name and then by what it consists of, as bpftool
 * has them since 7.5. The BTF has to have passed check_raw(). NULL, recorded: no memory.
 */
uint32_t *corder_new(const struct rawbtf *raw);

#endif
