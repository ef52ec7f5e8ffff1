/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* CO-RE relocations in words: what of which type an instruction depends on. */
#ifndef XH_ELF_ELF_CORE_H
#define XH_ELF_ELF_CORE_H

#include "elf/elf_lines.h"

struct buf;

/* "byte_off", "field_exists" …; NULL for a kind that is newer than this table. */
const char *elf_core_kind(uint32_t kind);

/*
 * Appends the type, and the member or enumerator of it: "struct task_struct.cred". What the access
 * string says beyond the type's members is appended as it stands. Check the buffer at the end.
 */
void elf_core_path(const struct rawbtf *btf, const struct elf_core *core, struct buf *text);

#endif
