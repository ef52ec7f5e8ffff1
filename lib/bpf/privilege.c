// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Which capabilities it takes to load a program, and whether this process has them. */
#include "bpf/privilege.h"

#include <linux/bpf.h>
#include <linux/capability.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Beside CAP_BPF; CAP_SYS_ADMIN stands for all of them (kernel/bpf/syscall.c, bpf_prog_load). */
static const struct {
	const char *needed;
	int capability;
} classes[] = {
	{ "CAP_BPF", CAP_BPF },
	{ "CAP_BPF and CAP_NET_ADMIN", CAP_NET_ADMIN },
	{ "CAP_BPF and CAP_PERFMON", CAP_PERFMON },
};

static size_t class_of(uint32_t prog_type)
{
	switch (prog_type) {
	case BPF_PROG_TYPE_SOCKET_FILTER:
	case BPF_PROG_TYPE_CGROUP_SKB:
	case BPF_PROG_TYPE_SK_REUSEPORT:
	case BPF_PROG_TYPE_SYSCALL:
		return 0;
	case BPF_PROG_TYPE_KPROBE:
	case BPF_PROG_TYPE_TRACEPOINT:
	case BPF_PROG_TYPE_PERF_EVENT:
	case BPF_PROG_TYPE_RAW_TRACEPOINT:
	case BPF_PROG_TYPE_RAW_TRACEPOINT_WRITABLE:
	case BPF_PROG_TYPE_TRACING:
	case BPF_PROG_TYPE_LSM:
	case BPF_PROG_TYPE_STRUCT_OPS:
	case BPF_PROG_TYPE_EXT:
		return 2;
	default:
		return 1;
	}
}

static bool has(const struct __user_cap_data_struct *data, int capability)
{
	return data[CAP_TO_INDEX(capability)].effective & CAP_TO_MASK(capability);
}

bool privilege_to_load(uint32_t prog_type)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3] = { 0 };

	if (syscall(SYS_capget, &header, data))
		return true;
	if (has(data, CAP_SYS_ADMIN))
		return true;
	return has(data, CAP_BPF) && has(data, classes[class_of(prog_type)].capability);
}

const char *privilege_needed(uint32_t prog_type)
{
	return classes[class_of(prog_type)].needed;
}
