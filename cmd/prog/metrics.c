// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What `prog profile` can count: the words for it, and how it is shown. */
#include "prog/metrics.h"

#include <inttypes.h>
#include <linux/perf_event.h>
#include <stdbool.h>
#include <stdio.h>

#include "cli/suggest.h"
#include "out/out.h"

#define CACHE(WHICH, RESULT)                                              \
	(PERF_COUNT_HW_CACHE_##WHICH | PERF_COUNT_HW_CACHE_OP_READ << 8 | \
	 PERF_COUNT_HW_CACHE_RESULT_##RESULT << 16)

enum { CYCLES, INSTRUCTIONS, L1D_LOADS, LLC_MISSES, ITLB_MISSES, DTLB_MISSES, METRICS };
_Static_assert(METRICS == TAP_COUNTERS_MAX, "bpf/profile.bpf.c has room for each");

static const struct counters_kind kinds[METRICS] = {
	[CYCLES] = { "cycles", PERF_TYPE_HARDWARE, PERF_COUNT_HW_CPU_CYCLES },
	[INSTRUCTIONS] = { "instructions", PERF_TYPE_HARDWARE, PERF_COUNT_HW_INSTRUCTIONS },
	[L1D_LOADS] = { "l1d_loads", PERF_TYPE_HW_CACHE, CACHE(L1D, ACCESS) },
	[LLC_MISSES] = { "llc_misses", PERF_TYPE_HW_CACHE, CACHE(LL, MISS) },
	[ITLB_MISSES] = { "itlb_misses", PERF_TYPE_HW_CACHE, CACHE(ITLB, MISS) },
	[DTLB_MISSES] = { "dtlb_misses", PERF_TYPE_HW_CACHE, CACHE(DTLB, MISS) },
};

/* What says more in proportion to another metric, where both were asked for. */
static const struct rate {
	const struct counters_kind *per; /* NULL: nothing does */
	double scale;
	const char *text;
} rates[METRICS] = {
	[INSTRUCTIONS] = { &kinds[CYCLES], 1, "insns per cycle" },
	[LLC_MISSES] = { &kinds[INSTRUCTIONS], 1e6, "LLC misses per million insns" },
	[ITLB_MISSES] = { &kinds[INSTRUCTIONS], 1e6, "itlb misses per million insns" },
	[DTLB_MISSES] = { &kinds[INSTRUCTIONS], 1e6, "dtlb misses per million insns" },
};

const struct choices metrics_choices = CHOICES("METRIC", kinds);

/* All words that follow. */
static int parse(const struct arg *arg, struct words *words, void *slot)
{
	bool wanted[METRICS] = { false };
	struct metrics *metrics = slot;

	while (*words->at) {
		const void *kind;
		int err = cli_choice.parse(arg, words, &kind);

		if (err)
			return err;
		wanted[(const struct counters_kind *)kind - kinds] = true;
	}
	for (int i = 0; i < METRICS; i++) {
		if (wanted[i])
			metrics->kinds[metrics->count++] = &kinds[i];
	}
	return 0;
}

const struct arg_type metrics_type = {
	.name = "METRIC...",
	.parse = parse,
	.takes_rest = true,
	.suggest = suggest_choices,
};

/* The sum of another metric; 0 for none, or one that was not asked for. */
static uint64_t value_of(const struct counters_kind *kind, const struct metrics *metrics,
			 const struct tap_sum *sums)
{
	for (uint32_t i = 0; i < metrics->count; i++) {
		if (metrics->kinds[i] == kind)
			return sums[i].value;
	}
	return 0;
}

/* "        1234 cycles               # …", in the columns of bpftool. */
static void show_row(struct out *out, const struct counters_kind *kind, const struct tap_sum *sum,
		     uint64_t per)
{
	const struct rate *rate = &rates[kind - kinds];
	char text[64];

	snprintf(text, sizeof(text), "%18" PRIu64 " %-20s", sum->value, kind->name);
	out_text(out, text);
	if (per)
		snprintf(text, sizeof(text), "# %8.2f %-30s",
			 (double)sum->value * rate->scale / (double)per, rate->text);
	else
		snprintf(text, sizeof(text), "%-41s", "");
	out_text(out, text);
	if (sum->enabled_ns > sum->running_ns) {
		snprintf(text, sizeof(text), "(%4.2f%%)",
			 (double)sum->running_ns * 100 / (double)sum->enabled_ns);
		out_text(out, text);
	}
	out_text(out, "\n");
}

static void show_data(struct out *out, const char *name, uint64_t runs, const struct tap_sum *sum)
{
	out_object(out, NULL);
	out_str(out, "metric", NULL, name);
	out_uint(out, "run_cnt", NULL, runs);
	out_uint(out, "value", NULL, sum->value);
	out_uint(out, "enabled", NULL, sum->enabled_ns);
	out_uint(out, "running", NULL, sum->running_ns);
	out_end(out);
}

void metrics_show(struct out *out, const struct metrics *metrics, uint64_t runs,
		  const struct tap_sum *sums)
{
	char text[64];

	out_array(out, NULL);
	snprintf(text, sizeof(text), "\n%18" PRIu64 " %-20s\n", runs, "run_cnt");
	out_text(out, text);
	for (uint32_t i = 0; i < metrics->count; i++) {
		const struct counters_kind *kind = metrics->kinds[i];

		show_row(out, kind, &sums[i], value_of(rates[kind - kinds].per, metrics, sums));
		show_data(out, kind->name, runs, &sums[i]);
	}
	out_end(out);
}
