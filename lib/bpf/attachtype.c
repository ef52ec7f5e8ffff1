// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The kernel's words for where a program is to be attached. */
#include "bpf/attachtype.h"

#include <stddef.h>

#include "bpf/uapi.h"

static const struct row {
	const char *name;
	uint32_t prog_type; /* of what BPF_PROG_ATTACH puts there; 0 where it puts nothing */
} rows[] = {
	[BPF_CGROUP_INET_INGRESS] = { "cgroup_inet_ingress", BPF_PROG_TYPE_CGROUP_SKB },
	[BPF_CGROUP_INET_EGRESS] = { "cgroup_inet_egress", BPF_PROG_TYPE_CGROUP_SKB },
	[BPF_CGROUP_INET_SOCK_CREATE] = { "cgroup_inet_sock_create", BPF_PROG_TYPE_CGROUP_SOCK },
	[BPF_CGROUP_SOCK_OPS] = { "cgroup_sock_ops", BPF_PROG_TYPE_SOCK_OPS },
	[BPF_SK_SKB_STREAM_PARSER] = { "sk_skb_stream_parser", BPF_PROG_TYPE_SK_SKB },
	[BPF_SK_SKB_STREAM_VERDICT] = { "sk_skb_stream_verdict", BPF_PROG_TYPE_SK_SKB },
	[BPF_CGROUP_DEVICE] = { "cgroup_device", BPF_PROG_TYPE_CGROUP_DEVICE },
	[BPF_SK_MSG_VERDICT] = { "sk_msg_verdict", BPF_PROG_TYPE_SK_MSG },
	[BPF_CGROUP_INET4_BIND] = { "cgroup_inet4_bind", BPF_PROG_TYPE_CGROUP_SOCK_ADDR },
	[BPF_CGROUP_INET6_BIND] = { "cgroup_inet6_bind", BPF_PROG_TYPE_CGROUP_SOCK_ADDR },
	[BPF_CGROUP_INET4_CONNECT] = { "cgroup_inet4_connect", BPF_PROG_TYPE_CGROUP_SOCK_ADDR },
	[BPF_CGROUP_INET6_CONNECT] = { "cgroup_inet6_connect", BPF_PROG_TYPE_CGROUP_SOCK_ADDR },
	[BPF_CGROUP_INET4_POST_BIND] = { "cgroup_inet4_post_bind", BPF_PROG_TYPE_CGROUP_SOCK },
	[BPF_CGROUP_INET6_POST_BIND] = { "cgroup_inet6_post_bind", BPF_PROG_TYPE_CGROUP_SOCK },
	[BPF_CGROUP_UDP4_SENDMSG] = { "cgroup_udp4_sendmsg", BPF_PROG_TYPE_CGROUP_SOCK_ADDR },
	[BPF_CGROUP_UDP6_SENDMSG] = { "cgroup_udp6_sendmsg", BPF_PROG_TYPE_CGROUP_SOCK_ADDR },
	[BPF_LIRC_MODE2] = { .name = "lirc_mode2" },
	[BPF_FLOW_DISSECTOR] = { "flow_dissector", BPF_PROG_TYPE_FLOW_DISSECTOR },
	[BPF_CGROUP_SYSCTL] = { "cgroup_sysctl", BPF_PROG_TYPE_CGROUP_SYSCTL },
	[BPF_CGROUP_UDP4_RECVMSG] = { "cgroup_udp4_recvmsg", BPF_PROG_TYPE_CGROUP_SOCK_ADDR },
	[BPF_CGROUP_UDP6_RECVMSG] = { "cgroup_udp6_recvmsg", BPF_PROG_TYPE_CGROUP_SOCK_ADDR },
	[BPF_CGROUP_GETSOCKOPT] = { "cgroup_getsockopt", BPF_PROG_TYPE_CGROUP_SOCKOPT },
	[BPF_CGROUP_SETSOCKOPT] = { "cgroup_setsockopt", BPF_PROG_TYPE_CGROUP_SOCKOPT },
	[BPF_TRACE_RAW_TP] = { .name = "trace_raw_tp" },
	[BPF_TRACE_FENTRY] = { .name = "trace_fentry" },
	[BPF_TRACE_FEXIT] = { .name = "trace_fexit" },
	[BPF_MODIFY_RETURN] = { .name = "modify_return" },
	[BPF_LSM_MAC] = { .name = "lsm_mac" },
	[BPF_TRACE_ITER] = { .name = "trace_iter" },
	[BPF_CGROUP_INET4_GETPEERNAME] = { "cgroup_inet4_getpeername",
					   BPF_PROG_TYPE_CGROUP_SOCK_ADDR },
	[BPF_CGROUP_INET6_GETPEERNAME] = { "cgroup_inet6_getpeername",
					   BPF_PROG_TYPE_CGROUP_SOCK_ADDR },
	[BPF_CGROUP_INET4_GETSOCKNAME] = { "cgroup_inet4_getsockname",
					   BPF_PROG_TYPE_CGROUP_SOCK_ADDR },
	[BPF_CGROUP_INET6_GETSOCKNAME] = { "cgroup_inet6_getsockname",
					   BPF_PROG_TYPE_CGROUP_SOCK_ADDR },
	[BPF_XDP_DEVMAP] = { .name = "xdp_devmap" },
	[BPF_CGROUP_INET_SOCK_RELEASE] = { "cgroup_inet_sock_release", BPF_PROG_TYPE_CGROUP_SOCK },
	[BPF_XDP_CPUMAP] = { .name = "xdp_cpumap" },
	[BPF_SK_LOOKUP] = { .name = "sk_lookup" },
	[BPF_XDP] = { .name = "xdp" },
	[BPF_SK_SKB_VERDICT] = { "sk_skb_verdict", BPF_PROG_TYPE_SK_SKB },
	[BPF_SK_REUSEPORT_SELECT] = { .name = "sk_reuseport_select" },
	[BPF_SK_REUSEPORT_SELECT_OR_MIGRATE] = { .name = "sk_reuseport_select_or_migrate" },
	[BPF_PERF_EVENT] = { .name = "perf_event" },
	[BPF_TRACE_KPROBE_MULTI] = { .name = "trace_kprobe_multi" },
	[BPF_LSM_CGROUP] = { "lsm_cgroup", BPF_PROG_TYPE_LSM },
	[UAPI_STRUCT_OPS] = { .name = "struct_ops" },
	[UAPI_NETFILTER] = { .name = "netfilter" },
	[UAPI_TCX_INGRESS] = { .name = "tcx_ingress" },
	[UAPI_TCX_EGRESS] = { .name = "tcx_egress" },
	[UAPI_TRACE_UPROBE_MULTI] = { .name = "trace_uprobe_multi" },
	[UAPI_CGROUP_UNIX_CONNECT] = { "cgroup_unix_connect", BPF_PROG_TYPE_CGROUP_SOCK_ADDR },
	[UAPI_CGROUP_UNIX_SENDMSG] = { "cgroup_unix_sendmsg", BPF_PROG_TYPE_CGROUP_SOCK_ADDR },
	[UAPI_CGROUP_UNIX_RECVMSG] = { "cgroup_unix_recvmsg", BPF_PROG_TYPE_CGROUP_SOCK_ADDR },
	[UAPI_CGROUP_UNIX_GETPEERNAME] = { "cgroup_unix_getpeername",
					   BPF_PROG_TYPE_CGROUP_SOCK_ADDR },
	[UAPI_CGROUP_UNIX_GETSOCKNAME] = { "cgroup_unix_getsockname",
					   BPF_PROG_TYPE_CGROUP_SOCK_ADDR },
	[UAPI_NETKIT_PRIMARY] = { .name = "netkit_primary" },
	[UAPI_NETKIT_PEER] = { .name = "netkit_peer" },
	[UAPI_TRACE_KPROBE_SESSION] = { .name = "trace_kprobe_session" },
	[UAPI_TRACE_UPROBE_SESSION] = { .name = "trace_uprobe_session" },
};

const char *attachtype_name(uint32_t attach_type)
{
	return attach_type < sizeof(rows) / sizeof(*rows) ? rows[attach_type].name : NULL;
}

uint32_t attachtype_prog_type(uint32_t attach_type)
{
	return attachtype_name(attach_type) ? rows[attach_type].prog_type : 0;
}

bool attachtype_of_cgroup(uint32_t attach_type)
{
	switch (attachtype_prog_type(attach_type)) {
	case BPF_PROG_TYPE_UNSPEC:
	case BPF_PROG_TYPE_SK_SKB:
	case BPF_PROG_TYPE_SK_MSG:
	case BPF_PROG_TYPE_FLOW_DISSECTOR:
		return false;
	}
	return true;
}

bool attachtype_is_told(uint32_t prog_type, uint32_t attach_type)
{
	/* Of a struct_ops program it is the number of a member. */
	if (prog_type == BPF_PROG_TYPE_STRUCT_OPS)
		return false;
	return attach_type || prog_type == BPF_PROG_TYPE_CGROUP_SKB;
}
