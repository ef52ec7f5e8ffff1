/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Where the functions of a loaded program begin. */
#ifndef XH_BPF_FUNCS_H
#define XH_BPF_FUNCS_H

#include <stdint.h>

#include "base/vec.h"
#include "bpf/info.h"

/* The index of each function's first instruction, ascending; zeroed memory is an empty one. */
struct funcs VEC(uint32_t);
#define AUTO_FUNCS __attribute__((cleanup(funcs_free)))

/*
 * By the program's func_info, or without BTF by where its calls and its loads of function addresses
 * lead. `detail` has INFO_XLATED and INFO_FUNCS. 0, or -ENOMEM with the failure recorded.
 */
int funcs_find(const struct info_prog_detail *detail, struct funcs *funcs);
void funcs_free(struct funcs *funcs);

#endif
