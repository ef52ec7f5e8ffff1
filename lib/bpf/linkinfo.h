/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Where a link is attached: what the kernel tells of it, names and arrays included. */
#ifndef XH_BPF_LINKINFO_H
#define XH_BPF_LINKINFO_H

#include <limits.h>
#include <stdbool.h>

#include "bpf/uapi_link.h"

struct linkinfo {
	struct uapi_link_info info; /* its pointers are not to be used */
	char name[PATH_MAX];        /* the tracepoint, iterator, function or file; "" for none */

	/* Of kprobe_multi and uprobe_multi: `count` elements each, or NULL where the kernel has none. */
	uint32_t count;
	const uint64_t *addrs, *offsets, *ref_ctr_offsets, *cookies;
	void *memory; /* of the arrays */
};

#define AUTO_LINKINFO __attribute__((cleanup(linkinfo_free)))

/* The part of a fixed size alone; 0 or a negative errno, no failure recorded. */
int linkinfo_fixed(int fd, struct uapi_link_info *info);

/*
 * True when the link is attached to nothing any more: it was detached, or what it was attached to is
 * gone. The kernel tells it of cgroups, devices, network namespaces and maps, by a number of 0.
 */
bool linkinfo_is_detached(const struct uapi_link_info *info);

/* True for the types that the kernel detaches on demand; the others end with what keeps them. */
bool linkinfo_can_detach(uint32_t type);

/* All of it; 0 or a negative errno, no failure recorded. */
int linkinfo_read(int fd, struct linkinfo *link);
void linkinfo_free(struct linkinfo *link);

#endif
