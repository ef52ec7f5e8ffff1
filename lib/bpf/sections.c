// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* SEC("…") names: the newer ones taught to libbpf, and the nearest one to a word that is none. */
#include "bpf/sections.h"

#include <bpf/libbpf.h>
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/err.h"
#include "base/text.h"
#include "bpf/uapi.h"

#define SLEEPABLE BPF_F_SLEEPABLE

/* What libbpf 1.1 lacks. A slash at the end: more may follow it, and may be missing with it. */
static const struct section {
	const char *name;
	unsigned int prog_type;
	unsigned int attach_type;
	unsigned int prog_flags;
} newer[] = {
	{ "tc/ingress", BPF_PROG_TYPE_SCHED_CLS, UAPI_TCX_INGRESS, 0 },
	{ "tc/egress", BPF_PROG_TYPE_SCHED_CLS, UAPI_TCX_EGRESS, 0 },
	{ "tcx/ingress", BPF_PROG_TYPE_SCHED_CLS, UAPI_TCX_INGRESS, 0 },
	{ "tcx/egress", BPF_PROG_TYPE_SCHED_CLS, UAPI_TCX_EGRESS, 0 },
	{ "netkit/primary", BPF_PROG_TYPE_SCHED_CLS, UAPI_NETKIT_PRIMARY, 0 },
	{ "netkit/peer", BPF_PROG_TYPE_SCHED_CLS, UAPI_NETKIT_PEER, 0 },
	{ "netfilter", UAPI_PROG_TYPE_NETFILTER, UAPI_NETFILTER, 0 },
	{ "kprobe.session/", BPF_PROG_TYPE_KPROBE, UAPI_TRACE_KPROBE_SESSION, 0 },
	{ "uprobe.multi/", BPF_PROG_TYPE_KPROBE, UAPI_TRACE_UPROBE_MULTI, 0 },
	{ "uretprobe.multi/", BPF_PROG_TYPE_KPROBE, UAPI_TRACE_UPROBE_MULTI, 0 },
	{ "uprobe.session/", BPF_PROG_TYPE_KPROBE, UAPI_TRACE_UPROBE_SESSION, 0 },
	{ "uprobe.multi.s/", BPF_PROG_TYPE_KPROBE, UAPI_TRACE_UPROBE_MULTI, SLEEPABLE },
	{ "uretprobe.multi.s/", BPF_PROG_TYPE_KPROBE, UAPI_TRACE_UPROBE_MULTI, SLEEPABLE },
	{ "uprobe.session.s/", BPF_PROG_TYPE_KPROBE, UAPI_TRACE_UPROBE_SESSION, SLEEPABLE },
	{ "usdt.s/", BPF_PROG_TYPE_KPROBE, 0, SLEEPABLE },
	{ "sk_skb/verdict", BPF_PROG_TYPE_SK_SKB, BPF_SK_SKB_VERDICT, 0 },
	{ "cgroup/connect_unix", BPF_PROG_TYPE_CGROUP_SOCK_ADDR, UAPI_CGROUP_UNIX_CONNECT, 0 },
	{ "cgroup/sendmsg_unix", BPF_PROG_TYPE_CGROUP_SOCK_ADDR, UAPI_CGROUP_UNIX_SENDMSG, 0 },
	{ "cgroup/recvmsg_unix", BPF_PROG_TYPE_CGROUP_SOCK_ADDR, UAPI_CGROUP_UNIX_RECVMSG, 0 },
	{ "cgroup/getpeername_unix", BPF_PROG_TYPE_CGROUP_SOCK_ADDR, UAPI_CGROUP_UNIX_GETPEERNAME,
	  0 },
	{ "cgroup/getsockname_unix", BPF_PROG_TYPE_CGROUP_SOCK_ADDR, UAPI_CGROUP_UNIX_GETSOCKNAME,
	  0 },
	{ "struct_ops.s/", BPF_PROG_TYPE_STRUCT_OPS, 0, SLEEPABLE },
};

/* What libbpf 1.1 has, as it is written in a program. */
static const char *const older[] = {
	"xdp",
	"xdp.frags",
	"xdp/devmap",
	"xdp/cpumap",
	"xdp.frags/devmap",
	"xdp.frags/cpumap",
	"tc",
	"classifier",
	"action",
	"socket",
	"sockops",
	"sk_skb",
	"sk_skb/stream_parser",
	"sk_skb/stream_verdict",
	"sk_msg",
	"sk_lookup",
	"sk_reuseport",
	"sk_reuseport/migrate",
	"kprobe/",
	"kretprobe/",
	"kprobe.multi/",
	"kretprobe.multi/",
	"ksyscall/",
	"kretsyscall/",
	"uprobe/",
	"uprobe.s/",
	"uretprobe/",
	"uretprobe.s/",
	"usdt/",
	"tracepoint/",
	"tp/",
	"raw_tracepoint/",
	"raw_tp/",
	"raw_tracepoint.w/",
	"raw_tp.w/",
	"tp_btf/",
	"fentry/",
	"fentry.s/",
	"fexit/",
	"fexit.s/",
	"fmod_ret/",
	"fmod_ret.s/",
	"freplace/",
	"lsm/",
	"lsm.s/",
	"lsm_cgroup/",
	"iter/",
	"iter.s/",
	"syscall",
	"perf_event",
	"lwt_in",
	"lwt_out",
	"lwt_xmit",
	"lwt_seg6local",
	"lirc_mode2",
	"flow_dissector",
	"cgroup_skb/ingress",
	"cgroup_skb/egress",
	"cgroup/skb",
	"cgroup/sock",
	"cgroup/sock_create",
	"cgroup/sock_release",
	"cgroup/post_bind4",
	"cgroup/post_bind6",
	"cgroup/bind4",
	"cgroup/bind6",
	"cgroup/connect4",
	"cgroup/connect6",
	"cgroup/sendmsg4",
	"cgroup/sendmsg6",
	"cgroup/recvmsg4",
	"cgroup/recvmsg6",
	"cgroup/getpeername4",
	"cgroup/getpeername6",
	"cgroup/getsockname4",
	"cgroup/getsockname6",
	"cgroup/sysctl",
	"cgroup/getsockopt",
	"cgroup/setsockopt",
	"cgroup/dev",
	"struct_ops/",
};

#define NEWER_COUNT (sizeof(newer) / sizeof(*newer))
#define OLDER_COUNT (sizeof(older) / sizeof(*older))

static int set_flags(struct bpf_program *prog, long flags)
{
	return bpf_program__set_flags(prog, bpf_program__flags(prog) | (unsigned int)flags);
}

/* A slash that ends a name is a '+' to libbpf, or `end`. */
static void copy_name(const char *from, char end, char name[32])
{
	size_t len = strlen(from);

	memcpy(name, from, len + 1);
	if (name[len - 1] == '/')
		name[len - 1] = end;
}

/* Asking says more than the answer: each unknown name, with the list of all that are known. */
static bool is_known(const char *name)
{
	libbpf_print_fn_t print = libbpf_set_print(NULL);
	enum bpf_attach_type attach_type;
	enum bpf_prog_type prog_type;
	bool known = !libbpf_prog_type_by_name(name, &prog_type, &attach_type);

	libbpf_set_print(print);
	return known;
}

int sections_register(void)
{
	for (size_t i = 0; i < NEWER_COUNT; i++) {
		LIBBPF_OPTS(libbpf_prog_handler_opts, opts, .cookie = newer[i].prog_flags,
			    .prog_setup_fn = set_flags);
		char name[32];
		int handler;

		copy_name(newer[i].name, '\0', name);
		if (is_known(name))
			continue;
		copy_name(newer[i].name, '+', name);
		handler = libbpf_register_prog_handler(name, newer[i].prog_type,
						       newer[i].attach_type, &opts);
		if (handler < 0)
			return fail(handler, "teach libbpf SEC(\"%s\")", name);
	}
	return 0;
}

const char *sections_name(size_t index)
{
	if (index < OLDER_COUNT)
		return older[index];
	index -= OLDER_COUNT;
	return index < NEWER_COUNT ? newer[index].name : NULL;
}

/* How far the section is from a known name, of which only what stands before the slash counts. */
static size_t distance(const char *section, const char *name)
{
	size_t len = strlen(name), typed_len = strlen(section);
	char typed[64], stem[64];

	if (name[len - 1] == '/') {
		len--;
		typed_len = strcspn(section, "/");
	}
	if (typed_len >= sizeof(typed))
		return SIZE_MAX;
	memcpy(typed, section, typed_len);
	typed[typed_len] = '\0';
	memcpy(stem, name, len);
	stem[len] = '\0';
	return text_near(typed, stem) ? text_distance(typed, stem) : SIZE_MAX;
}

/* True for "xdp_pass" and "xdp": old libbpf took any section that began with a known name. */
static bool extends(const char *section, const char *name)
{
	size_t len = strcspn(name, "/");

	return !strncmp(section, name, len) && section[len] && strchr("_/.", section[len]);
}

const char *sections_nearest(const char *section)
{
	const char *nearest = NULL, *name;
	size_t least = SIZE_MAX;

	for (size_t i = 0; (name = sections_name(i)); i++) {
		if (distance(section, name) < least) {
			least = distance(section, name);
			nearest = name;
		}
	}
	for (size_t i = 0; !nearest && (name = sections_name(i)); i++) {
		if (extends(section, name))
			nearest = name;
	}
	return nearest;
}
