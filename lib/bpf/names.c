// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The kernel's words for its numbers. */
#include "bpf/names.h"

#include <stdio.h>

#include "bpf/kernelnames.h"

static const char *const prog_types[] = {
	"unspec",
	"socket_filter",
	"kprobe",
	"sched_cls",
	"sched_act",
	"tracepoint",
	"xdp",
	"perf_event",
	"cgroup_skb",
	"cgroup_sock",
	"lwt_in",
	"lwt_out",
	"lwt_xmit",
	"sock_ops",
	"sk_skb",
	"cgroup_device",
	"sk_msg",
	"raw_tracepoint",
	"cgroup_sock_addr",
	"lwt_seg6local",
	"lirc_mode2",
	"sk_reuseport",
	"flow_dissector",
	"cgroup_sysctl",
	"raw_tracepoint_writable",
	"cgroup_sockopt",
	"tracing",
	"struct_ops",
	"ext",
	"lsm",
	"sk_lookup",
	"syscall",
	"netfilter",
};

static const char *const map_types[] = {
	"unspec",
	"hash",
	"array",
	"prog_array",
	"perf_event_array",
	"percpu_hash",
	"percpu_array",
	"stack_trace",
	"cgroup_array",
	"lru_hash",
	"lru_percpu_hash",
	"lpm_trie",
	"array_of_maps",
	"hash_of_maps",
	"devmap",
	"sockmap",
	"cpumap",
	"xskmap",
	"sockhash",
	"cgroup_storage",
	"reuseport_sockarray",
	"percpu_cgroup_storage",
	"queue",
	"stack",
	"sk_storage",
	"devmap_hash",
	"struct_ops",
	"ringbuf",
	"inode_storage",
	"task_storage",
	"bloom_filter",
	"user_ringbuf",
	"cgrp_storage",
	"arena",
	"insn_array",
};

static const char *const link_types[] = {
	"unspec",       "raw_tracepoint", "tracing",      "cgroup",     "iter",      "netns",
	"xdp",          "perf_event",     "kprobe_multi", "struct_ops", "netfilter", "tcx",
	"uprobe_multi", "netkit",         "sockmap",
};

#define NAME_OF(TABLE, KIND, number)                                     \
	((number) < sizeof(TABLE) / sizeof((TABLE)[0]) ? (TABLE)[number] \
						       : kernelnames_of(KIND, number))

const char *names_prog_type(uint32_t type)
{
	return NAME_OF(prog_types, KERNELNAMES_PROG, type);
}

const char *names_map_type(uint32_t type)
{
	return NAME_OF(map_types, KERNELNAMES_MAP, type);
}

const char *names_link_type(uint32_t type)
{
	return NAME_OF(link_types, KERNELNAMES_LINK, type);
}

static const char *or_number(const char *name, uint32_t type, char scratch[NAMES_SCRATCH])
{
	if (name)
		return name;
	snprintf(scratch, NAMES_SCRATCH, "type %u", type);
	return scratch;
}

const char *names_prog_type_or_number(uint32_t type, char scratch[NAMES_SCRATCH])
{
	return or_number(names_prog_type(type), type, scratch);
}

const char *names_map_type_or_number(uint32_t type, char scratch[NAMES_SCRATCH])
{
	return or_number(names_map_type(type), type, scratch);
}
