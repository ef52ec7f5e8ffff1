/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The types of an object file, for those who need no more of libbpf. */
#ifndef XH_BPF_ELF_BTF_H
#define XH_BPF_ELF_BTF_H

#include "elf/elf.h"

struct btf;

/* The .BTF of a file that elf_read() took, for types_free(); NULL when it has none. */
struct btf *elf_btf(const struct elf *elf);

#endif
