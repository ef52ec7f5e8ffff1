/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Numbers of the kernel's BPF interface that are newer than the oldest header xh builds with. */
#ifndef XH_BPF_UAPI_H
#define XH_BPF_UAPI_H

#include <linux/bpf.h>
#include <string.h>

/* Map types; enumerators, so that a header that has them too does not clash. */
enum {
	UAPI_MAP_TYPE_CGRP_STORAGE = 32, /* 6.2 */
	UAPI_MAP_TYPE_ARENA = 33,        /* 6.9 */
};

/*
 * The BTF object that btf_vmlinux_value_type_id is a type of: vmlinux or a module. Before 6.9 it was
 * padding, and 0.
 */
static inline __u32 uapi_map_vmlinux_btf_id(const struct bpf_map_info *info)
{
	__u32 id;

	memcpy(&id, &info->btf_value_type_id + 1, sizeof(id));
	return id;
}

/* Flags of BPF_PROG_LOAD. */
enum {
	UAPI_XDP_DEV_BOUND_ONLY = 1 << 6, /* 6.3 */
};

/* Commands. */
enum {
	UAPI_PROG_STREAM_READ_BY_FD = 37, /* 6.17 */
};

/* Program and attach types, which as enum constants cannot be asked for with #ifdef. */
enum {
	UAPI_PROG_TYPE_NETFILTER = 32, /* 6.4 */
};

enum {
	UAPI_STRUCT_OPS = 44,
	UAPI_NETFILTER = 45,   /* 6.4 */
	UAPI_TCX_INGRESS = 46, /* 6.6 */
	UAPI_TCX_EGRESS = 47,
	UAPI_TRACE_UPROBE_MULTI = 48,
	UAPI_CGROUP_UNIX_CONNECT = 49, /* 6.7 */
	UAPI_CGROUP_UNIX_SENDMSG = 50,
	UAPI_CGROUP_UNIX_RECVMSG = 51,
	UAPI_CGROUP_UNIX_GETPEERNAME = 52,
	UAPI_CGROUP_UNIX_GETSOCKNAME = 53,
	UAPI_NETKIT_PRIMARY = 54,
	UAPI_NETKIT_PEER = 55,
	UAPI_TRACE_KPROBE_SESSION = 56, /* 6.10 */
	UAPI_TRACE_UPROBE_SESSION = 57, /* 6.13 */
};

#endif
