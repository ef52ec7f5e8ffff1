// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What the parameters of a new map have to be, type by type. */
#include "map/rules.h"

#include <linux/bpf.h>
#include <stddef.h>

#include "bpf/uapi.h"

#define SOME                  \
	{                     \
		1, UINT32_MAX \
	}
#define EXACTLY(BYTES)       \
	{                    \
		BYTES, BYTES \
	}

/* PCPU_MIN_UNIT_SIZE, of a value of one processor. */
#define PER_CPU          \
	{                \
		1, 32768 \
	}

/* A prefix length in front of up to 256 bytes. */
#define LPM_KEY        \
	{              \
		5, 260 \
	}

/* Four bytes for a number or an fd, eight with a program or a cookie. */
#define WORD_OR_TWO  \
	{            \
		4, 8 \
	}

#define STORAGE                                                                         \
	{                                                                               \
		.cannot = "it needs types for its keys and values, which BTF describes" \
	}

static const struct rules rules[] = {
	[BPF_MAP_TYPE_HASH] = { .key = SOME, .value = SOME },
	[BPF_MAP_TYPE_ARRAY] = { .key = EXACTLY(4), .value = SOME },
	[BPF_MAP_TYPE_PROG_ARRAY] = { .key = EXACTLY(4), .value = EXACTLY(4) },
	[BPF_MAP_TYPE_PERF_EVENT_ARRAY] = { .key = EXACTLY(4), .value = EXACTLY(4) },
	[BPF_MAP_TYPE_PERCPU_HASH] = { .key = SOME, .value = PER_CPU },
	[BPF_MAP_TYPE_PERCPU_ARRAY] = { .key = EXACTLY(4), .value = PER_CPU },
	[BPF_MAP_TYPE_STACK_TRACE] = { .key = EXACTLY(4),
				       .value = { 8, 32 * 127 },
				       .value_unit = 8 },
	[BPF_MAP_TYPE_CGROUP_ARRAY] = { .key = EXACTLY(4), .value = EXACTLY(4) },
	[BPF_MAP_TYPE_LRU_HASH] = { .key = SOME, .value = SOME, .no_flags = BPF_F_NO_PREALLOC },
	[BPF_MAP_TYPE_LRU_PERCPU_HASH] = { .key = SOME,
					   .value = PER_CPU,
					   .no_flags = BPF_F_NO_PREALLOC },
	[BPF_MAP_TYPE_LPM_TRIE] = { .key = LPM_KEY, .value = SOME, .flags = BPF_F_NO_PREALLOC },
	[BPF_MAP_TYPE_ARRAY_OF_MAPS] = { .key = EXACTLY(4),
					 .value = EXACTLY(4),
					 .has_inner = true },
	[BPF_MAP_TYPE_HASH_OF_MAPS] = { .key = SOME, .value = EXACTLY(4), .has_inner = true },
	[BPF_MAP_TYPE_DEVMAP] = { .key = EXACTLY(4), .value = WORD_OR_TWO, .value_unit = 4 },
	[BPF_MAP_TYPE_SOCKMAP] = { .key = EXACTLY(4), .value = WORD_OR_TWO, .value_unit = 4 },
	[BPF_MAP_TYPE_CPUMAP] = { .key = EXACTLY(4), .value = WORD_OR_TWO, .value_unit = 4 },
	[BPF_MAP_TYPE_XSKMAP] = { .key = EXACTLY(4), .value = EXACTLY(4) },
	[BPF_MAP_TYPE_SOCKHASH] = { .key = SOME, .value = WORD_OR_TWO, .value_unit = 4 },
	[BPF_MAP_TYPE_CGROUP_STORAGE] = { .key = { 8, 16 },
					  .value = { 1, 4096 },
					  .entries = RULES_NO_ENTRIES },
	[BPF_MAP_TYPE_REUSEPORT_SOCKARRAY] = { .key = EXACTLY(4),
					       .value = WORD_OR_TWO,
					       .value_unit = 4 },
	[BPF_MAP_TYPE_PERCPU_CGROUP_STORAGE] = { .key = { 8, 16 },
						 .value = { 1, 4096 },
						 .entries = RULES_NO_ENTRIES },
	[BPF_MAP_TYPE_QUEUE] = { .value = SOME },
	[BPF_MAP_TYPE_STACK] = { .value = SOME },
	[BPF_MAP_TYPE_SK_STORAGE] = STORAGE,
	[BPF_MAP_TYPE_DEVMAP_HASH] = { .key = EXACTLY(4), .value = WORD_OR_TWO, .value_unit = 4 },
	[BPF_MAP_TYPE_STRUCT_OPS] = { .cannot = "it is a table of programs" },
	[BPF_MAP_TYPE_RINGBUF] = { .entries = RULES_BYTES },
	[BPF_MAP_TYPE_INODE_STORAGE] = STORAGE,
	[BPF_MAP_TYPE_TASK_STORAGE] = STORAGE,
	[BPF_MAP_TYPE_BLOOM_FILTER] = { .value = SOME },
	[BPF_MAP_TYPE_USER_RINGBUF] = { .entries = RULES_BYTES },
	[UAPI_MAP_TYPE_CGRP_STORAGE] = STORAGE,
	[UAPI_MAP_TYPE_ARENA] = { .flags = BPF_F_MMAPABLE },
};

const struct rules *rules_of(uint32_t type)
{
	return type && type < sizeof(rules) / sizeof(rules[0]) ? &rules[type] : NULL;
}
