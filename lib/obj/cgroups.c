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

#include "base/err.h"

AUTO_DEFINE(mounts, FILE *, NULL, endmntent)
AUTO_DEFINE(tree, FTS *, NULL, fts_close)

/* Takes the open directory over when it is a control group; else a negative errno. */
static int take(int directory, struct cgroup *cgroup)
{
	auto_fd int fd = directory;
	struct statfs fs;
	struct stat st;

	if (fd < 0 || fstatfs(fd, &fs) || fstat(fd, &st))
		return -errno;
	if ((unsigned long)fs.f_type != CGROUP2_SUPER_MAGIC)
		return -EBADF;
	cgroup->id = st.st_ino;
	cgroup->fd = take_fd(&fd);
	return 0;
}

static int open_at(int at, const char *path, struct cgroup *cgroup)
{
	return take(openat(at, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC), cgroup);
}

static int fail_directory(const char *path)
{
	struct statfs fs;
	auto_free char *mount = NULL;
	bool is_v1 = !statfs(path, &fs) && (unsigned long)fs.f_type == CGROUP_SUPER_MAGIC;

	if (cgroups_mount(&mount))
		return fail_last()->err ? -fail_last()->err : -EBADF;
	fail_plain(-EBADF, "%s is %s (EBADF)", path,
		   is_v1 ? "of cgroup v1, which has no BPF programs" : "no control group");
	return fail_hint("cgroup2 is mounted at %s", mount);
}

int cgroups_open(const char *path, struct cgroup *cgroup)
{
	int err;

	*cgroup = (struct cgroup){ .path = path, .fd = -1 };
	err = open_at(AT_FDCWD, path, cgroup);
	switch (err) {
	case 0:
		return 0;
	case -ENOENT:
		return fail_missing("there is no control group %s (ENOENT)", path);
	case -EBADF:
		return fail_directory(path);
	case -ENOTDIR:
		fail_plain(err, "%s is no directory (ENOTDIR)", path);
		return fail_hint("a control group is a directory of cgroup2");
	}
	return fail(err, "open the control group %s", path);
}

void cgroups_close(struct cgroup *cgroup)
{
	cleanup_fd(&cgroup->fd);
}

int cgroups_mount(char **path)
{
	AUTO(mounts) FILE *mounts = setmntent("/proc/self/mounts", "re");
	const struct mntent *mount;

	*path = NULL;
	if (!mounts)
		return fail(-errno, "read /proc/self/mounts");
	while (!*path && (mount = getmntent(mounts))) {
		if (strcmp(mount->mnt_type, "cgroup2") != 0)
			continue;
		*path = strdup(mount->mnt_dir);
		if (!*path)
			return fail(-ENOMEM, "find cgroup2");
	}
	if (*path)
		return 0;
	fail_missing("no cgroup2 is mounted here");
	return fail_hint("mount -t cgroup2 none /sys/fs/cgroup");
}

/* One that has gone meanwhile is none that was skipped. */
static void skip(const struct cgroup_walk *walk, const char *path, int err)
{
	if (walk->skip && err != -ENOENT)
		walk->skip(path, err, walk->context);
}

static int visit_directory(struct cgroup_walk *walk, const FTSENT *entry)
{
	struct cgroup cgroup AUTO_CGROUP = {
		.path = entry->fts_path,
		.depth = entry->fts_level,
		.fd = -1,
	};
	int err = open_at(AT_FDCWD, entry->fts_path, &cgroup);

	/* One mounted over another has a path that leads elsewhere: -EBADF. */
	if (!err)
		return walk->visit(&cgroup, walk->context);
	if (err != -EBADF)
		skip(walk, entry->fts_path, err);
	return 0;
}

/* FTS_DNR, a directory that cannot be read, has been told of when it was visited. */
static int visit_entry(struct cgroup_walk *walk, const FTSENT *entry)
{
	switch (entry->fts_info) {
	case FTS_D:
		return visit_directory(walk, entry);
	case FTS_ERR:
	case FTS_NS:
		skip(walk, entry->fts_path, -entry->fts_errno);
	}
	return 0;
}

int cgroups_walk_below(struct cgroup_walk *walk, const char *path)
{
	auto_free char *root = strdup(path);
	char *const roots[] = { root, NULL };
	AUTO(tree)
	FTS *tree = root ? fts_open(roots, FTS_PHYSICAL | FTS_XDEV | FTS_NOCHDIR, NULL) : NULL;
	const FTSENT *entry;
	int err = 0;

	if (!tree)
		return fail(-errno, "walk through %s", path);
	while (!err && (entry = fts_read(tree)))
		err = visit_entry(walk, entry);
	return err;
}

int cgroups_walk(struct cgroup_walk *walk)
{
	AUTO(mounts) FILE *mounts = setmntent("/proc/self/mounts", "re");
	const struct mntent *mount;
	int err = 0;

	if (!mounts)
		return fail(-errno, "read /proc/self/mounts");
	while (!err && (mount = getmntent(mounts))) {
		if (!strcmp(mount->mnt_type, "cgroup2"))
			err = cgroups_walk_below(walk, mount->mnt_dir);
	}
	return err;
}

int cgroups_parent(const struct cgroup *cgroup, struct cgroup *parent, char *path, size_t size)
{
	char link[32];
	ssize_t len;
	int err;

	*parent = (struct cgroup){ .path = path, .fd = -1 };
	err = open_at(cgroup->fd, "..", parent);
	/* Where it is the root of all that this process sees, it is above itself. */
	if (!err && parent->id == cgroup->id)
		err = -ENOENT;
	if (err) {
		cleanup_fd(&parent->fd);
		return err == -EBADF ? -ENOENT : err;
	}
	snprintf(link, sizeof(link), "/proc/self/fd/%d", parent->fd);
	len = readlink(link, path, size - 1);
	path[len < 0 ? 0 : len] = '\0';
	return 0;
}
