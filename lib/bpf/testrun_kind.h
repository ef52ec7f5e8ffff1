/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What the types of program are run on by BPF_PROG_TEST_RUN, and why the kernel refuses to. */
#ifndef XH_BPF_TESTRUN_KIND_H
#define XH_BPF_TESTRUN_KIND_H

#include <linux/bpf.h>
#include <stdbool.h>
#include <stdint.h>

struct testrun;

/* What a type takes and gives back (net/bpf/test_run.c). */
struct testrun_kind {
	uint32_t type;
	uint32_t packet_min; /* bytes; 0: it takes no packet */
	bool needs_context;
	bool gives_context;
	bool in_place;       /* it gives the context back where it was read */
	bool repeats;        /* more than once, and with the time it took */
	const char *context; /* what the kernel accepts as context */
};

/* NULL for a type that the kernel does not run, or that is newer than the table. */
const struct testrun_kind *testrun_kind_of(uint32_t type);

/* Sees that what is given and wanted fits the type; 0 or a negative errno, the failure recorded. */
int testrun_kind_check(const struct bpf_prog_info *info, const struct testrun *run);

/* Records why the kernel refused with `err`; returns it. */
int testrun_kind_refused(int err, const struct bpf_prog_info *info, const struct testrun *run);

#endif
