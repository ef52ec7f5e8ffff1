/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* BTF types as C declarations. */
#ifndef XH_BTF_DECL_H
#define XH_BTF_DECL_H

#include <stdint.h>

struct btf;
struct buf;

/*
 * Appends the name of a type: "struct value", "__u32 *", "int [2][3]".
 * 0, or a negative errno (no failure recorded) for what is no type, refers to itself or comes out
 * longer than a few lines: then nothing is appended.
 */
int decl_type(const struct btf *btf, uint32_t id, struct buf *text);

/*
 * Appends the prototype of a function (BTF_KIND_FUNC) as bpftool has it:
 * "int classify(struct xdp_md * ctx, __u32 mark)". Errors as decl_type().
 */
int decl_func(const struct btf *btf, uint32_t id, struct buf *text);

#endif
