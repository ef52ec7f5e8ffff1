/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* One BPF instruction as output, the same for loaded programs and for object files. */
#ifndef XH_CMD_INSN_H
#define XH_CMD_INSN_H

#include <linux/bpf.h>
#include <stdbool.h>
#include <stddef.h>

struct buf;
struct disasm;
struct out;

/* What to show beside the instruction itself. */
struct insn_show {
	bool opcodes; /* its bytes */
	bool linum;   /* where source lines stand */
};

/* The number of an instruction as every listing has it; returns a string within `text`. */
#define INSN_NUMBER_MAX 24
const char *insn_number(size_t index, char text[INSN_NUMBER_MAX]);

/*
 * Emits "disasm" (and "opcodes") of the instruction at `index` into the object that is open, on a
 * line of text; expects out_gap(""). `text` is scratch. Returns the slots it takes, 1 or 2.
 */
size_t insn_out(struct out *out, const struct disasm *disasm, size_t index, bool opcodes,
		struct buf *text);

/* Emits the bytes of an instruction of `slots` slots: "opcodes", and hex in text. */
void insn_opcodes(struct out *out, const struct bpf_insn *insn, size_t slots);

#endif
