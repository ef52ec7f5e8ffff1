/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The control groups that this mount namespace shows. */
#ifndef XH_OBJ_CGROUPS_H
#define XH_OBJ_CGROUPS_H

#include <stdint.h>

#include "base/cleanup.h"

struct cgroup {
	const char *path; /* of its directory */
	uint64_t id;      /* as the kernel tells it of links */
	int fd;
	int depth; /* below where a walk began */
};

/* A walk, and what of it could not be looked into. */
struct cgroup_walk {
	/* Ends the walk with what it returns, unless that is 0. */
	int (*visit)(const struct cgroup *cgroup, void *context);
	/* Hears of one that cannot be looked into, `err` the reason; NULL: nobody wants to. */
	void (*skip)(const char *path, int err, void *context);
	void *context;
};

/*
 * Opens one control group. 0 or a negative errno with the failure recorded: a directory that is
 * not of cgroup2 is -EBADF, what does not exist STATUS_MISSING. `fd` is -1 then.
 */
int cgroups_open(const char *path, struct cgroup *cgroup);
void cgroups_close(struct cgroup *cgroup);
#define AUTO_CGROUP __attribute__((cleanup(cgroups_close)))

/* Where the first cgroup2 is mounted, heap; 0 or a negative errno with the failure recorded. */
int cgroups_mount(char **path);

/*
 * Visits a control group and all below it. 0, what `visit` returned, or a negative errno with the
 * failure recorded.
 */
int cgroups_walk_below(struct cgroup_walk *walk, const char *path);

/* The same for every cgroup2 mounted here; several mounts show the same control groups. */
int cgroups_walk(struct cgroup_walk *walk);

/*
 * Opens the one above, -ENOENT (no failure recorded) from the top of the mount on. `path` is the
 * kernel's, of `size` bytes.
 */
int cgroups_parent(const struct cgroup *cgroup, struct cgroup *parent, char *path, size_t size);

#endif
