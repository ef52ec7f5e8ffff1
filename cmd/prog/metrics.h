/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What `prog profile` can count: the words for it, and how it is shown. */
#ifndef XH_CMD_PROG_METRICS_H
#define XH_CMD_PROG_METRICS_H

#include "bpf/counters.h"
#include "bpf/tap.h"
#include "cli/cli.h"

struct out;

/* Those asked for, each once, in the order of the table. */
struct metrics {
	const struct counters_kind *kinds[TAP_COUNTERS_MAX];
	uint32_t count;
};

extern const struct arg_type metrics_type;
extern const struct choices metrics_choices;
#define ARG_METRICS(STRUCT, MEMBER)                                          \
	.type = &metrics_type, .slot = SLOT(STRUCT, MEMBER, struct metrics), \
	.among = &metrics_choices, .metavar = "METRIC..."

/* Emits what was counted in so many runs, `sums` in the order of the metrics. */
void metrics_show(struct out *out, const struct metrics *metrics, uint64_t runs,
		  const struct tap_sum *sums);

#endif
