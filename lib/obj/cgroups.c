// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The control groups that this mount namespace shows. */
#include "obj/cgroups.h"

#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <linux/magic.h>
#include <mntent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#include "base/cleanup.h"
#include "base/err.h"

AUTO_DEFINE(mounts, FILE *, NULL, endmntent)
AUTO_DEFINE(tree, FTS *, NULL, fts_close)

struct walk {
	int (*visit)(const struct cgroup *cgroup, void *context);
	void *context;
};

static int visit_directory(const struct walk *walk, const FTSENT *entry)
{
	auto_fd int fd = open(entry->fts_path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct cgroup cgroup = { .path = entry->fts_path, .fd = fd };
	struct statfs fs;
	struct stat st;

	/* One mounted over another has a path that leads elsewhere. */
	if (fd < 0 || fstatfs(fd, &fs) || (unsigned long)fs.f_type != CGROUP2_SUPER_MAGIC ||
	    fstat(fd, &st))
		return 0;
	cgroup.id = st.st_ino;
	return walk->visit(&cgroup, walk->context);
}

static int walk_mount(const struct walk *walk, char *root)
{
	char *const roots[] = { root, NULL };
	AUTO(tree) FTS *tree = fts_open(roots, FTS_PHYSICAL | FTS_XDEV | FTS_NOCHDIR, NULL);
	const FTSENT *entry;
	int err = 0;

	if (!tree)
		return fail(-errno, "walk through %s", root);
	while (!err && (entry = fts_read(tree))) {
		if (entry->fts_info == FTS_D)
			err = visit_directory(walk, entry);
	}
	return err;
}

int cgroups_walk(int (*visit)(const struct cgroup *cgroup, void *context), void *context)
{
	AUTO(mounts) FILE *mounts = setmntent("/proc/self/mounts", "re");
	const struct walk walk = { visit, context };
	const struct mntent *mount;
	int err = 0;

	if (!mounts)
		return fail(-errno, "read /proc/self/mounts");
	while (!err && (mount = getmntent(mounts))) {
		if (!strcmp(mount->mnt_type, "cgroup2"))
			err = walk_mount(&walk, mount->mnt_dir);
	}
	return err;
}
