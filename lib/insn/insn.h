/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The shape of BPF instructions, for all who walk over them. */
#ifndef XH_INSN_INSN_H
#define XH_INSN_INSN_H

#include <linux/bpf.h>
#include <stdbool.h>

/* What the oldest header that xh builds with lacks. */
#ifndef BPF_MEMSX /* 6.6: loads that extend the sign */
#define BPF_MEMSX 0x80
#endif
#ifndef BPF_JCOND /* 6.9: jumps on conditions that only the verifier knows */
#define BPF_JCOND    0xe0
#define BPF_MAY_GOTO 0
#endif
#ifndef BPF_ADDR_SPACE_CAST /* 6.9 */
#define BPF_ADDR_SPACE_CAST 1
#endif
#ifndef BPF_LOAD_ACQ /* 6.15 */
#define BPF_LOAD_ACQ  0x100
#define BPF_STORE_REL 0x110
#endif

/* True for a load of 64 bits, whose upper half stands in a second slot that is no instruction. */
static inline bool insn_is_wide(const struct bpf_insn *insn)
{
	return insn->code == (BPF_LD | BPF_IMM | BPF_DW);
}

#endif
