// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The words of perf for its events (linux/perf_event.h). */
#include "bpf/perfname.h"

#include <linux/perf_event.h>
#include <stddef.h>
#include <stdio.h>

static const char *const types[] = {
	[PERF_TYPE_HARDWARE] = "hardware",
	[PERF_TYPE_SOFTWARE] = "software",
	[PERF_TYPE_TRACEPOINT] = "tracepoint",
	[PERF_TYPE_HW_CACHE] = "hw-cache",
	[PERF_TYPE_RAW] = "raw",
	[PERF_TYPE_BREAKPOINT] = "breakpoint",
};

static const char *const hardware[] = {
	[PERF_COUNT_HW_CPU_CYCLES] = "cpu-cycles",
	[PERF_COUNT_HW_INSTRUCTIONS] = "instructions",
	[PERF_COUNT_HW_CACHE_REFERENCES] = "cache-references",
	[PERF_COUNT_HW_CACHE_MISSES] = "cache-misses",
	[PERF_COUNT_HW_BRANCH_INSTRUCTIONS] = "branch-instructions",
	[PERF_COUNT_HW_BRANCH_MISSES] = "branch-misses",
	[PERF_COUNT_HW_BUS_CYCLES] = "bus-cycles",
	[PERF_COUNT_HW_STALLED_CYCLES_FRONTEND] = "stalled-cycles-frontend",
	[PERF_COUNT_HW_STALLED_CYCLES_BACKEND] = "stalled-cycles-backend",
	[PERF_COUNT_HW_REF_CPU_CYCLES] = "ref-cycles",
};

static const char *const software[] = {
	[PERF_COUNT_SW_CPU_CLOCK] = "cpu-clock",
	[PERF_COUNT_SW_TASK_CLOCK] = "task-clock",
	[PERF_COUNT_SW_PAGE_FAULTS] = "page-faults",
	[PERF_COUNT_SW_CONTEXT_SWITCHES] = "context-switches",
	[PERF_COUNT_SW_CPU_MIGRATIONS] = "cpu-migrations",
	[PERF_COUNT_SW_PAGE_FAULTS_MIN] = "minor-faults",
	[PERF_COUNT_SW_PAGE_FAULTS_MAJ] = "major-faults",
	[PERF_COUNT_SW_ALIGNMENT_FAULTS] = "alignment-faults",
	[PERF_COUNT_SW_EMULATION_FAULTS] = "emulation-faults",
	[PERF_COUNT_SW_DUMMY] = "dummy",
	[PERF_COUNT_SW_BPF_OUTPUT] = "bpf-output",
	[PERF_COUNT_SW_CGROUP_SWITCHES] = "cgroup-switches",
};

static const char *const caches[] = {
	[PERF_COUNT_HW_CACHE_L1D] = "L1-dcache", [PERF_COUNT_HW_CACHE_L1I] = "L1-icache",
	[PERF_COUNT_HW_CACHE_LL] = "LLC",        [PERF_COUNT_HW_CACHE_DTLB] = "dTLB",
	[PERF_COUNT_HW_CACHE_ITLB] = "iTLB",     [PERF_COUNT_HW_CACHE_BPU] = "branch",
	[PERF_COUNT_HW_CACHE_NODE] = "node",
};

static const char *const operations[] = {
	[PERF_COUNT_HW_CACHE_OP_READ] = "load",
	[PERF_COUNT_HW_CACHE_OP_WRITE] = "store",
	[PERF_COUNT_HW_CACHE_OP_PREFETCH] = "prefetch",
};

static const char *const results[] = {
	[PERF_COUNT_HW_CACHE_RESULT_ACCESS] = "refs",
	[PERF_COUNT_HW_CACHE_RESULT_MISS] = "misses",
};

#define NAME_OF(TABLE, number) \
	((number) < sizeof(TABLE) / sizeof((TABLE)[0]) ? (TABLE)[number] : NULL)

const char *perfname_type(uint32_t type)
{
	return NAME_OF(types, type);
}

/* A config of three bytes: which cache, what is done to it, how that ends. */
static const char *cache_name(uint64_t config, char scratch[PERFNAME_SCRATCH])
{
	const char *cache = NAME_OF(caches, config & 0xff);
	const char *operation = NAME_OF(operations, config >> 8 & 0xff);
	const char *result = NAME_OF(results, config >> 16);

	if (!cache || !operation || !result)
		return NULL;
	snprintf(scratch, PERFNAME_SCRATCH, "%s-%s-%s", cache, operation, result);
	return scratch;
}

const char *perfname_config(uint32_t type, uint64_t config, char scratch[PERFNAME_SCRATCH])
{
	switch (type) {
	case PERF_TYPE_HARDWARE:
		return NAME_OF(hardware, config);
	case PERF_TYPE_SOFTWARE:
		return NAME_OF(software, config);
	case PERF_TYPE_HW_CACHE:
		return cache_name(config, scratch);
	}
	return NULL;
}
