/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What the files that read ELF share. */
#ifndef XH_ELF_ELF_INNER_H
#define XH_ELF_ELF_INNER_H

#include "elf/elf.h"

/* That it is an ELF object for BPF and for this machine, by its first bytes. */
int elf_check_header(const char *name, const unsigned char *bytes, size_t size);

/* All that elf_parse() promises beyond the bounds of sections, symbols and names. */
int elf_check(const struct elf *elf);
int elf_check_relocs(const struct elf *elf);
int elf_check_functions(const struct elf *elf);

#endif
