/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The translated instructions of a program, with names for what they call. */
#ifndef XH_CMD_PROG_XLATED_H
#define XH_CMD_PROG_XLATED_H

#include "insn.h"
#include "insn/disasm.h"
#include "jit/ksyms.h"
#include "prog/dump.h"

struct xlated {
	const struct dump *dump;
	struct ksyms *ksyms; /* NULL when no instruction calls into the kernel */
	uint64_t call_base;  /* the address that the offsets of calls count from; 0 for unknown */
	struct disasm disasm;
};

/* Prepares `xlated` for xlated_insn(); 0 or a negative errno with the failure recorded. */
int xlated_open(const struct dump *dump, struct xlated *xlated);
void xlated_close(struct xlated *xlated);
#define AUTO_XLATED __attribute__((cleanup(xlated_close)))

/* The line_info of instruction `index`, or of the nearest before it that has one; NULL for none. */
const struct bpf_line_info *xlated_line(const struct info_prog_detail *detail, uint32_t index);

/* The function that begins at instruction `index`: its number, or func_count for none. */
uint32_t xlated_func(const struct info_prog_detail *detail, uint32_t index);

/* Emits the program as a graph of basic blocks: DOT, and as data in JSON. */
int xlated_graph(struct xlated *xlated, struct insn_show show);

#endif
