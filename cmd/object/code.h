/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* One section of code of an object file: its instructions, and names for what they refer to. */
#ifndef XH_CMD_OBJECT_CODE_H
#define XH_CMD_OBJECT_CODE_H

#include "elf/elf.h"
#include "elf/elf_lines.h"
#include "insn/disasm.h"

struct code {
	const struct elf *elf;
	const struct elf_functions *functions; /* of the whole file */
	uint32_t section;
	struct bpf_insn *insns; /* a copy, for its alignment */
	struct elf_relocs relocs;
	struct elf_lines lines;
	struct disasm disasm;
};

/* 0 or a negative errno with the failure recorded; elf and functions are borrowed. */
int code_open(const struct elf *elf, const struct elf_functions *functions, uint32_t section,
	      struct code *code);
void code_close(struct code *code);
#define AUTO_CODE __attribute__((cleanup(code_close)))

/* The relocation of the instruction at `index`, or NULL. */
const struct elf_reloc *code_reloc(const struct code *code, size_t index);

/*
 * Appends the instruction at `index` with what it refers to named, "(85) call classify"; returns
 * the slots it takes.
 */
size_t code_text(const struct code *code, size_t index, struct buf *text);

#endif
