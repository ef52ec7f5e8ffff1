/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The programs that a control group has at one attach type. */
#ifndef XH_BPF_CGROUPPROGS_H
#define XH_BPF_CGROUPPROGS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/vec.h"

/* How programs are attached (BPF_F_ALLOW_OVERRIDE and the like). */
enum {
	CGROUPPROGS_OVERRIDE = 1 << 0,
	CGROUPPROGS_MULTI = 1 << 1,
	CGROUPPROGS_PREORDER = 1 << 6, /* 6.16: before those of the groups below */
};

struct cgroupprog {
	uint32_t id;
	uint32_t flags;
};

/* In the order in which they run. */
struct cgroupprogs {
	struct VEC(struct cgroupprog) rows;
	uint32_t flags; /* of the attach type */
	uint64_t
		revision; /* changes with every change there; 0: this kernel (before 6.17) has none */
};

#define AUTO_CGROUPPROGS __attribute__((cleanup(cgroupprogs_free)))

/*
 * Asks the control group that is open as `fd`; `effective`: also what it has from those above, and
 * then the kernel tells no flags. 0 or a negative errno, no failure recorded: -EBADF: it is none,
 * -ENOENT: it has been removed, -EINVAL: the kernel has no such attach type, -EPERM without
 * CAP_NET_ADMIN. What `progs` had before is forgotten.
 */
int cgroupprogs_query(int fd, uint32_t attach_type, bool effective, struct cgroupprogs *progs);
void cgroupprogs_free(struct cgroupprogs *progs);

/* True when the program is among them. */
bool cgroupprogs_have(const struct cgroupprogs *progs, uint32_t prog_id);

#define CGROUPPROGS_FLAGS_MAX 32

/* "multi", "override", "multi,preorder", "" for neither; "unknown(0x…)", written to `scratch`. */
const char *cgroupprogs_flags(uint32_t flags, char scratch[CGROUPPROGS_FLAGS_MAX]);

#endif
