/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The shape of BPF instructions, for all who walk over them. */
#ifndef XH_BPF_INSN_H
#define XH_BPF_INSN_H

#include <linux/bpf.h>
#include <stdbool.h>

/* True for a load of 64 bits, whose upper half stands in a second slot that is no instruction. */
static inline bool insn_is_wide(const struct bpf_insn *insn)
{
	return insn->code == (BPF_LD | BPF_IMM | BPF_DW);
}

#endif
