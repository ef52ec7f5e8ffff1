/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The control flow of one function of a BPF program: its basic blocks and the ways between them. */
#ifndef XH_INSN_CFG_H
#define XH_INSN_CFG_H

#include <linux/bpf.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/vec.h"

#define CFG_NONE ((size_t)-1)

/* Instructions `start` to `end` - 1. Where they lead comes in the order in which to show it. */
struct cfg_block {
	size_t start, end;
	size_t fallthrough; /* the next block, or CFG_NONE where control does not go on to it */
	size_t branch;      /* the block it may jump to, or CFG_NONE */
	bool leaves;        /* returns to the caller, or runs over the end of the function */
	bool indirect;      /* jumps to where a register points, so nobody knows */
};

/* Blocks in the order of their instructions, each instruction in exactly one; zeroed is empty. */
struct cfg VEC(struct cfg_block);

#define AUTO_CFG __attribute__((cleanup(cfg_free)))

/*
 * Cuts the `count` instructions of one function into blocks; calls do not end one. `cfg` has to be
 * empty. 0, -ENOMEM, or -EINVAL for jumps out of the function or into the middle of an instruction
 * and for a 64-bit load that is cut off; the failure, recorded, counts instructions from 0.
 */
int cfg_build(struct cfg *cfg, const struct bpf_insn *insns, size_t count);

void cfg_free(struct cfg *cfg);

#endif
