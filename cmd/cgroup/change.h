/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What `cgroup attach` and `cgroup detach` share: what they are about, and why it is refused. */
#ifndef XH_CMD_CGROUP_CHANGE_H
#define XH_CMD_CGROUP_CHANGE_H

#include "bpf/cgroupprogs.h"
#include "cgroup/hooks.h"
#include "net/prog.h"
#include "obj/cgroups.h"
#include "obj/obj.h"

struct cgroup_change {
	const struct cgroup_hook *hook;
	struct cgroup cgroup;
	struct obj prog;
	struct obj beside; /* the program that the new one is to run before or after */
	uint32_t flags;    /* how it is to be attached */
	char label[NET_PROG_LABEL_MAX];
};

#define CGROUP_CHANGE_NONE \
	((struct cgroup_change){ .cgroup.fd = -1, .prog = OBJ_CLOSED, .beside = OBJ_CLOSED })
#define AUTO_CGROUP_CHANGE __attribute__((cleanup(cgroup_change_close)))

/* Opens the control group and the program, and sees that its type is that of change->hook. */
int cgroup_change_open(struct cgroup_change *change, const char *path, const struct obj_ref *prog);
void cgroup_change_close(struct cgroup_change *change);

/* What is at the place now; 0 or a negative errno with the failure recorded. */
int cgroup_change_query(const struct cgroup_change *change, struct cgroupprogs *there);

/* Each records the failure of a change and returns a negative errno. */
int cgroup_change_fail_attach(int err, const struct cgroup_change *change);
int cgroup_change_fail_detach(int err, const struct cgroup_change *change);

/* `prog` is not attached there: STATUS_MISSING. */
int cgroup_change_fail_absent(const struct cgroup_change *change, const struct obj *prog);

/* For completion: whether programs of that type could be attached there; `hook` may be NULL. */
bool cgroup_change_suits(const struct cgroup_hook *hook, const void *candidate);

#endif
