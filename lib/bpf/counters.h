/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Hardware counters of all CPUs (perf_event_open): one fd a counter and CPU. */
#ifndef XH_BPF_COUNTERS_H
#define XH_BPF_COUNTERS_H

#include <stddef.h>
#include <stdint.h>

/* What to count, in the numbers of <linux/perf_event.h>. */
struct counters_kind {
	const char *name;
	uint32_t type; /* PERF_TYPE_* */
	uint64_t config;
};

struct counters {
	uint32_t kinds, cpus;
	int *fds; /* kind by kind; negative for a CPU that is offline */
};

/*
 * Opens counters that count what the kernel does, on each of `cpus` CPUs; they count at once.
 * 0, or a negative errno with the failure recorded: -ENOENT where the hardware has none of a kind.
 */
int counters_open(const struct counters_kind *const *kinds, uint32_t count, uint32_t cpus,
		  struct counters *counters);
void counters_close(struct counters *counters);
#define AUTO_COUNTERS __attribute__((cleanup(counters_close)))

#endif
