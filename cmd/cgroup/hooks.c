// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The attach types of control groups, by both of their names. */
#include "cgroup/hooks.h"

#include "bpf/attachtype.h"
#include "bpf/uapi.h"

/* The older names first, in the order of their numbers: bpftool takes the beginnings of these alone. */
static const struct cgroup_hook rows[] = {
	{ "ingress", BPF_CGROUP_INET_INGRESS },
	{ "egress", BPF_CGROUP_INET_EGRESS },
	{ "sock_create", BPF_CGROUP_INET_SOCK_CREATE },
	{ "sock_ops", BPF_CGROUP_SOCK_OPS },
	{ "device", BPF_CGROUP_DEVICE },
	{ "bind4", BPF_CGROUP_INET4_BIND },
	{ "bind6", BPF_CGROUP_INET6_BIND },
	{ "connect4", BPF_CGROUP_INET4_CONNECT },
	{ "connect6", BPF_CGROUP_INET6_CONNECT },
	{ "post_bind4", BPF_CGROUP_INET4_POST_BIND },
	{ "post_bind6", BPF_CGROUP_INET6_POST_BIND },
	{ "sendmsg4", BPF_CGROUP_UDP4_SENDMSG },
	{ "sendmsg6", BPF_CGROUP_UDP6_SENDMSG },
	{ "sysctl", BPF_CGROUP_SYSCTL },
	{ "recvmsg4", BPF_CGROUP_UDP4_RECVMSG },
	{ "recvmsg6", BPF_CGROUP_UDP6_RECVMSG },
	{ "getsockopt", BPF_CGROUP_GETSOCKOPT },
	{ "setsockopt", BPF_CGROUP_SETSOCKOPT },
	{ "getpeername4", BPF_CGROUP_INET4_GETPEERNAME },
	{ "getpeername6", BPF_CGROUP_INET6_GETPEERNAME },
	{ "getsockname4", BPF_CGROUP_INET4_GETSOCKNAME },
	{ "getsockname6", BPF_CGROUP_INET6_GETSOCKNAME },
	{ "sock_release", BPF_CGROUP_INET_SOCK_RELEASE },
	{ "connect_unix", UAPI_CGROUP_UNIX_CONNECT },
	{ "sendmsg_unix", UAPI_CGROUP_UNIX_SENDMSG },
	{ "recvmsg_unix", UAPI_CGROUP_UNIX_RECVMSG },
	{ "getpeername_unix", UAPI_CGROUP_UNIX_GETPEERNAME },
	{ "getsockname_unix", UAPI_CGROUP_UNIX_GETSOCKNAME },
	{ "cgroup_inet_ingress", BPF_CGROUP_INET_INGRESS },
	{ "cgroup_inet_egress", BPF_CGROUP_INET_EGRESS },
	{ "cgroup_inet_sock_create", BPF_CGROUP_INET_SOCK_CREATE },
	{ "cgroup_sock_ops", BPF_CGROUP_SOCK_OPS },
	{ "cgroup_device", BPF_CGROUP_DEVICE },
	{ "cgroup_inet4_bind", BPF_CGROUP_INET4_BIND },
	{ "cgroup_inet6_bind", BPF_CGROUP_INET6_BIND },
	{ "cgroup_inet4_connect", BPF_CGROUP_INET4_CONNECT },
	{ "cgroup_inet6_connect", BPF_CGROUP_INET6_CONNECT },
	{ "cgroup_inet4_post_bind", BPF_CGROUP_INET4_POST_BIND },
	{ "cgroup_inet6_post_bind", BPF_CGROUP_INET6_POST_BIND },
	{ "cgroup_udp4_sendmsg", BPF_CGROUP_UDP4_SENDMSG },
	{ "cgroup_udp6_sendmsg", BPF_CGROUP_UDP6_SENDMSG },
	{ "cgroup_sysctl", BPF_CGROUP_SYSCTL },
	{ "cgroup_udp4_recvmsg", BPF_CGROUP_UDP4_RECVMSG },
	{ "cgroup_udp6_recvmsg", BPF_CGROUP_UDP6_RECVMSG },
	{ "cgroup_getsockopt", BPF_CGROUP_GETSOCKOPT },
	{ "cgroup_setsockopt", BPF_CGROUP_SETSOCKOPT },
	{ "cgroup_inet4_getpeername", BPF_CGROUP_INET4_GETPEERNAME },
	{ "cgroup_inet6_getpeername", BPF_CGROUP_INET6_GETPEERNAME },
	{ "cgroup_inet4_getsockname", BPF_CGROUP_INET4_GETSOCKNAME },
	{ "cgroup_inet6_getsockname", BPF_CGROUP_INET6_GETSOCKNAME },
	{ "cgroup_inet_sock_release", BPF_CGROUP_INET_SOCK_RELEASE },
	{ "cgroup_unix_connect", UAPI_CGROUP_UNIX_CONNECT },
	{ "cgroup_unix_sendmsg", UAPI_CGROUP_UNIX_SENDMSG },
	{ "cgroup_unix_recvmsg", UAPI_CGROUP_UNIX_RECVMSG },
	{ "cgroup_unix_getpeername", UAPI_CGROUP_UNIX_GETPEERNAME },
	{ "cgroup_unix_getsockname", UAPI_CGROUP_UNIX_GETSOCKNAME },
	{ "lsm_cgroup", BPF_LSM_CGROUP },
};

const struct choices cgroup_hook_choices = CHOICES("ATTACH_TYPE", rows);

const char *cgroup_hook_name(const struct cgroup_hook *hook)
{
	return attachtype_name(hook->attach_type);
}
