/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The hooks of a network device that run several programs one after another: tcx and netkit. */
#ifndef XH_BPF_MPROG_H
#define XH_BPF_MPROG_H

#include <stddef.h>
#include <stdint.h>

/* What the kernel lets one hook have (kernel/bpf/mprog.c). */
#define MPROG_MAX 64

struct mprog_entry {
	uint32_t prog_id, prog_flags;
	uint32_t link_id, link_flags; /* 0: attached without a link */
};

/* The programs of one hook, in the order in which they run. */
struct mprog {
	struct mprog_entry entries[MPROG_MAX];
	size_t count;
	uint64_t revision; /* changes with every change of the hook */
};

/*
 * Asks what a hook has; `attach_type` is one of UAPI_TCX_* and UAPI_NETKIT_*. 0 or a negative
 * errno, no failure recorded: -EINVAL where the kernel has no such hooks (tcx: 6.6, netkit: 6.7),
 * -EPERM without CAP_NET_ADMIN, -ENXIO for netkit on a device of another kind.
 */
int mprog_query(unsigned int ifindex, uint32_t attach_type, struct mprog *mprog);

/* The place of a program among the entries, or -1. */
int mprog_find(const struct mprog *mprog, uint32_t prog_id);

#endif
