/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What the kernel tells of links, as Linux 6.18 has it. */
#ifndef XH_BPF_UAPI_LINK_H
#define XH_BPF_UAPI_LINK_H

#include <stdint.h>

/* Types of links. */
enum {
	UAPI_LINK_RAW_TRACEPOINT = 1,
	UAPI_LINK_TRACING,
	UAPI_LINK_CGROUP,
	UAPI_LINK_ITER,
	UAPI_LINK_NETNS,
	UAPI_LINK_XDP,
	UAPI_LINK_PERF_EVENT,
	UAPI_LINK_KPROBE_MULTI,
	UAPI_LINK_STRUCT_OPS,
	UAPI_LINK_NETFILTER, /* 6.4 */
	UAPI_LINK_TCX,       /* 6.6 */
	UAPI_LINK_UPROBE_MULTI,
	UAPI_LINK_NETKIT,  /* 6.7 */
	UAPI_LINK_SOCKMAP, /* 6.10 */
};

/* What a link of type UAPI_LINK_PERF_EVENT is attached to, 6.6. */
enum {
	UAPI_PERF_UPROBE = 1,
	UAPI_PERF_URETPROBE,
	UAPI_PERF_KPROBE,
	UAPI_PERF_KRETPROBE,
	UAPI_PERF_TRACEPOINT,
	UAPI_PERF_EVENT,
};

/* Flags of UAPI_LINK_KPROBE_MULTI and UAPI_LINK_UPROBE_MULTI. */
enum {
	UAPI_MULTI_RETURN = 1,
};

/* Where a link is attached, as Linux 6.18 tells it; what an older kernel does not know is 0. */
struct uapi_link_info {
	uint32_t type;
	uint32_t id;
	uint32_t prog_id;
	union {
		struct {
			uint64_t name;
			uint32_t name_len;
			uint64_t cookie; /* 6.9 */
		} raw_tracepoint;
		struct {
			uint32_t attach_type;
			uint32_t target_obj_id;
			uint32_t target_btf_id;
			uint64_t cookie; /* 6.16 */
		} tracing;
		struct {
			uint64_t cgroup_id;
			uint32_t attach_type;
		} cgroup;
		struct {
			uint64_t name;
			uint32_t name_len;
			uint32_t map_id;
			union {
				struct {
					uint64_t cgroup_id;
					uint32_t order;
				} cgroup;
				struct {
					uint32_t tid;
					uint32_t pid;
				} task;
			};
		} iter;
		struct {
			uint32_t netns_ino;
			uint32_t attach_type;
		} netns;
		struct {
			uint32_t ifindex;
			uint32_t attach_type; /* not of XDP */
		} device;                     /* of XDP, tcx and netkit */
		struct {
			uint32_t map_id;
			uint32_t attach_type; /* of sockmap */
		} map;                        /* of struct_ops and sockmap */
		struct {
			uint32_t pf;
			uint32_t hooknum;
			int32_t priority;
			uint32_t flags;
		} netfilter;
		struct {
			uint64_t addrs;
			uint32_t count;
			uint32_t flags;
			uint64_t missed;
			uint64_t cookies; /* 6.9 */
		} kprobe_multi;
		struct {
			uint64_t path;
			uint64_t offsets;
			uint64_t ref_ctr_offsets;
			uint64_t cookies;
			uint32_t path_size;
			uint32_t count;
			uint32_t flags;
			uint32_t pid;
		} uprobe_multi;
		struct {
			uint32_t type;
			union {
				struct {
					uint64_t name;
					uint32_t name_len;
					uint32_t offset;
					uint64_t cookie;
					uint64_t ref_ctr_offset; /* 6.16 */
				} uprobe;
				struct {
					uint64_t name;
					uint32_t name_len;
					uint32_t offset;
					uint64_t addr;
					uint64_t missed;
					uint64_t cookie;
				} kprobe;
				struct {
					uint64_t name;
					uint32_t name_len;
					uint64_t cookie;
				} tracepoint;
				struct {
					uint64_t config;
					uint32_t type;
					uint64_t cookie;
				} event;
			};
		} perf_event;
	};
};

#endif
