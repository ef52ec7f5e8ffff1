/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The verifier's log: the reason of a rejection, picked out of the trace around it. */
#ifndef XH_BPF_VERIFIER_H
#define XH_BPF_VERIFIER_H

#include <stdint.h>

#define VERIFIER_NO_INSN UINT32_MAX

struct verifier_reason {
	char text[512];  /* what the verifier objects to; "" when the log does not say */
	char file[128];  /* the source file as the log names it (since 6.9), or "" */
	uint32_t line;   /* in that file, or 0 */
	uint32_t insn;   /* the instruction looked at last, or VERIFIER_NO_INSN */
	char called[64]; /* the function that this instruction calls, or "" */
};

/* Reads a log as BPF_PROG_LOAD gives it (kernel/bpf/verifier.c, 5.x to 7.0); any bytes will do. */
void verifier_read(const char *log, struct verifier_reason *reason);

/* What to do about a reason, in terms of C; NULL when nothing is known. */
const char *verifier_hint(const char *reason);

#endif
