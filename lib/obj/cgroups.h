/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The control groups that this mount namespace shows. */
#ifndef XH_OBJ_CGROUPS_H
#define XH_OBJ_CGROUPS_H

#include <stdint.h>

struct cgroup {
	const char *path; /* of its directory */
	uint64_t id;      /* as the kernel tells it of links */
	int fd;
};

/*
 * Calls `visit` for every control group of every cgroup2 mounted here; several mounts show the same
 * ones. What cannot be looked into is left out. Ends early when `visit` returns non-zero, with that
 * value; 0, or a negative errno with the failure recorded.
 */
int cgroups_walk(int (*visit)(const struct cgroup *cgroup, void *context), void *context);

#endif
