/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* BPF instructions as text, in the words of the kernel's own disassembler (kernel/bpf/disasm.c). */
#ifndef XH_INSN_DISASM_H
#define XH_INSN_DISASM_H

#include <linux/bpf.h>
#include <stdbool.h>
#include <stddef.h>

struct buf;

/*
 * Instructions to put into words, all borrowed. The callbacks supply names that only the caller
 * can know: each appends one to `text` and returns true, or returns false and a number is shown
 * instead. `insn` points into `insns`. Either may be NULL.
 */
struct disasm {
	const struct bpf_insn *insns;
	size_t count;
	void *ctx;

	/* What a call reaches: "__htab_map_lookup_elem", "bpf_prog_058bdbffbdc41aea_classify". */
	bool (*function)(void *ctx, const struct bpf_insn *insn, struct buf *text);

	/* What a two-slot load puts into its register, in place of "map[id:12][0]+4". */
	bool (*value)(void *ctx, const struct bpf_insn *insn, struct buf *text);
};

/*
 * Appends the instruction at `index` (less than count), "(bf) r6 = r1" with no newline; returns
 * the slots it takes: 2 for a 64-bit load, else 1. What no kernel accepts reads BUG_ and its opcode
 * in hex, as does a 64-bit load that is cut off. Check the buffer with buf_err() at the end.
 */
size_t disasm_insn(const struct disasm *disasm, size_t index, struct buf *text);

/*
 * The name of a kernel function that is called by a fixed number (enum bpf_func_id), so
 * "bpf_map_lookup_elem" for 1; NULL for an unknown number.
 */
const char *disasm_func_name(int id);

#endif
