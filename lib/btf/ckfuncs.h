/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Prototypes of the functions of the kernel that BPF programs may call. */
#ifndef XH_BTF_CKFUNCS_H
#define XH_BTF_CKFUNCS_H

struct btf;
struct btf_dump;
struct buf;

/*
 * Appends them in C, by name, for the functions that are tagged so (Linux 6.10). `dump` writes to
 * `text`, too. 0 or a negative errno with the failure recorded.
 */
int ckfuncs(struct btf_dump *dump, const struct btf *btf, struct buf *text);

#endif
