/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Running a program on data of our own, away from its hook (BPF_PROG_TEST_RUN). */
#ifndef XH_BPF_TESTRUN_H
#define XH_BPF_TESTRUN_H

#include <linux/bpf.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

/* The most that is worth handing to the kernel; bytes. */
#define TESTRUN_INPUT_MAX ((size_t)16 * 1024 * 1024)

/* Something that the program has changed when it is done. */
struct testrun_result {
	bool wanted;
	uint32_t room; /* bytes to begin with; more is made where that is too little */
	struct buf bytes;
};

struct testrun {
	/* What it is run on. */
	struct buf packet;  /* empty for none */
	struct buf context; /* empty for none */
	uint32_t repeat;    /* times; 0 is once */

	/* What came of it. */
	struct testrun_result packet_out;
	struct testrun_result context_out;
	uint32_t retval;
	bool timed; /* the kernel measures programs of this type */
	uint32_t duration_ns;
};

/*
 * Runs the program `fd`, which is what `info` says. 0, or a negative errno with the failure
 * recorded: it says what programs of that type are run on.
 */
int testrun(int fd, const struct bpf_prog_info *info, struct testrun *run);
void testrun_free(struct testrun *run);
#define AUTO_TESTRUN __attribute__((cleanup(testrun_free)))

#endif
