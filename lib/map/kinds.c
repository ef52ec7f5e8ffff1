// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What the types of map differ in when their elements are read. */
#include "map/kinds.h"

#include <stddef.h>

#include "bpf/uapi.h"

static const struct kinds kinds[] = {
	[BPF_MAP_TYPE_HASH] = { .in_buckets = true },
	[BPF_MAP_TYPE_ARRAY] = { .indexed = true },
	[BPF_MAP_TYPE_PROG_ARRAY] = { .of_progs = true, .indexed = true },
	[BPF_MAP_TYPE_PERCPU_HASH] = { .per_cpu = true, .in_buckets = true },
	[BPF_MAP_TYPE_PERCPU_ARRAY] = { .per_cpu = true, .indexed = true },
	[BPF_MAP_TYPE_LRU_HASH] = { .in_buckets = true },
	[BPF_MAP_TYPE_LRU_PERCPU_HASH] = { .per_cpu = true, .in_buckets = true },
	[BPF_MAP_TYPE_PERCPU_CGROUP_STORAGE] = { .per_cpu = true },
	[BPF_MAP_TYPE_LPM_TRIE] = { .by_key = true },
	[BPF_MAP_TYPE_ARRAY_OF_MAPS] = { .of_maps = true, .indexed = true, .by_key = true },
	[BPF_MAP_TYPE_HASH_OF_MAPS] = { .of_maps = true, .in_buckets = true },
	[BPF_MAP_TYPE_DEVMAP] = { .indexed = true, .missing = KINDS_SHOWN },
	[BPF_MAP_TYPE_CPUMAP] = { .indexed = true, .missing = KINDS_SHOWN },
	[BPF_MAP_TYPE_XSKMAP] = { .indexed = true, .missing = KINDS_SHOWN },
	[BPF_MAP_TYPE_SOCKMAP] = { .indexed = true, .missing = KINDS_SHOWN },
	[BPF_MAP_TYPE_REUSEPORT_SOCKARRAY] = { .indexed = true, .missing = KINDS_SHOWN },
	[BPF_MAP_TYPE_PERF_EVENT_ARRAY] = {
		.indexed = true,
		.none = "its slots hold perf events, which cannot be read back",
		.instead = "'xh map event_pipe' shows what programs write to them",
	},
	[BPF_MAP_TYPE_CGROUP_ARRAY] = {
		.indexed = true,
		.none = "its slots hold cgroups, which cannot be read back",
		.instead = "the process that filled it knows them",
	},
	[BPF_MAP_TYPE_QUEUE] = {
		.in_order = true,
		.none = "its values have no keys",
		.instead = "xh map peek looks at the next one, xh map dequeue takes it",
	},
	[BPF_MAP_TYPE_STACK] = {
		.in_order = true,
		.none = "its values have no keys",
		.instead = "xh map peek looks at the last one, xh map pop takes it",
	},
	[BPF_MAP_TYPE_BLOOM_FILTER] = {
		.none = "it only knows whether a value may be in it",
		.instead = "ask it for one value at a time",
	},
	[BPF_MAP_TYPE_RINGBUF] = {
		.none = "it is a stream of records",
		.instead = "'xh map events' takes them out and shows them",
	},
	[BPF_MAP_TYPE_USER_RINGBUF] = {
		.none = "it is a stream of records from user space to programs",
		.instead = "programs take them out with bpf_user_ringbuf_drain()",
	},
	[BPF_MAP_TYPE_SK_STORAGE] = {
		.none = "its values belong to sockets, which are their keys",
		.instead = "look one up by the fd of its socket",
	},
	[BPF_MAP_TYPE_INODE_STORAGE] = {
		.none = "its values belong to files, which are their keys",
		.instead = "look one up by an fd of its file",
	},
	[BPF_MAP_TYPE_TASK_STORAGE] = {
		.none = "its values belong to tasks, which are their keys",
		.instead = "look one up by the pidfd of its task",
	},
	[UAPI_MAP_TYPE_CGRP_STORAGE] = {
		.none = "its values belong to cgroups, which are their keys",
		.instead = "look one up by the fd of its cgroup",
	},
	[UAPI_MAP_TYPE_ARENA] = {
		.none = "it is memory that programs and user space share",
		.instead = "map it into memory to read it",
	},
};

const struct kinds *kinds_of(uint32_t type)
{
	static const struct kinds plain = { 0 };

	return type < sizeof(kinds) / sizeof(kinds[0]) ? &kinds[type] : &plain;
}
