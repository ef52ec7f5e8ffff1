/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Forms: the text of instructions, with marks where an instruction's fields belong. */
#ifndef XH_INSN_DISASM_FORM_H
#define XH_INSN_DISASM_FORM_H

#include <linux/bpf.h>

/*
 * The form of an instruction that has its text in one piece, so not of a call or a 64-bit load;
 * that of an opcode which no kernel accepts begins with "BUG_". Marks are
 *   $c     the opcode, in hex
 *   $d $s  the numbers of the destination and of the source register
 *   $D $S  their names: r1, or w1 where the class of the instruction uses the lower half
 *   $m $k  the operator of arithmetic or of a jump; the cast of a value that is moved, or nothing
 *   $t $w  the type of a memory operand, "u32"; "64" for u64 and nothing for the others
 *   $o     the offset, with its sign
 *   $i $j  the immediate value; with its sign also when it is positive
 *   $x     the immediate value, unsigned, in hex
 *   $h $l  the upper and the lower half of the immediate value, unsigned
 *   $p     how many instructions away a BPF function begins, with its sign
 *   $n $q  of a 64-bit load: the second slot's immediate value; both as one number in hex
 */
const char *disasm_form(const struct bpf_insn *insn);

/* The form of the value that a 64-bit load puts into its register. */
const char *disasm_form_value(const struct bpf_insn *insn);

/* What stands for $m, NULL where there is no such operator, and for $k. */
const char *disasm_form_operator(const struct bpf_insn *insn);
const char *disasm_form_cast(const struct bpf_insn *insn);

#endif
