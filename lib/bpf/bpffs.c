// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The BPF file system: where pins may stand, what stands there, and mounting it. */
#include "bpf/bpffs.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/magic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/cleanup.h"
#include "base/err.h"
#include "base/file.h"
#include "bpf/sys.h"

#define MOUNTINFO_MAX ((size_t)16 << 20)

static bool is_bpffs(const char *path)
{
	struct statfs fs;

	return !statfs(path, &fs) && (unsigned long)fs.f_type == BPF_FS_MAGIC;
}

/* The part of `path` after the last slash. */
static const char *name_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* The directory that `path` is in, as it is written; heap. */
static char *parent_of(const char *path)
{
	const char *name = name_of(path);

	if (name == path)
		return strdup(".");
	return strndup(path, name - path > 1 ? (size_t)(name - path - 1) : 1);
}

static bool is_root(const char *directory)
{
	auto_free char *real = realpath(directory, NULL);

	return real && !strcmp(real, BPFFS_ROOT);
}

/*
 * True in another mount namespace than that of the first process, such as ip netns exec gives its
 * command, with a /sys that has nothing mounted below it. No mount has the same id in both, and
 * mountinfo may be read where /proc/1/ns/mnt may not.
 */
static bool in_own_mount_namespace(void)
{
	struct buf own AUTO_BUF = BUF_EMPTY, first AUTO_BUF = BUF_EMPTY;
	char id[32];

	if (file_read_at(AT_FDCWD, "/proc/self/mountinfo", MOUNTINFO_MAX, &own) ||
	    file_read_at(AT_FDCWD, "/proc/1/mountinfo", MOUNTINFO_MAX, &first) || !own.len)
		return false;
	snprintf(id, sizeof(id), "\n%lu ", strtoul(own.data, NULL, 10));
	return strncmp(buf_str(&first), id + 1, strlen(id + 1)) != 0 &&
	       !strstr(buf_str(&first), id);
}

/* That mounting at BPFFS_ROOT is allowed and makes sense. */
static int check_mountable(bool nomount)
{
	if (nomount) {
		fail_plain(-ENOENT, "no BPF file system is mounted at %s, and --nomount forbids it",
			   BPFFS_ROOT);
		return fail_hint("mount -t bpf bpf %s", BPFFS_ROOT);
	}
	if (!in_own_mount_namespace())
		return 0;
	fail_plain(-EXDEV,
		   "no BPF file system is mounted at %s in this mount namespace; in one mounted "
		   "here the pin would vanish with it",
		   BPFFS_ROOT);
	return fail_hint("instead of 'ip netns exec NAME' use 'nsenter --net=/run/netns/NAME', or "
			 "mount one yourself: mount -t bpf bpf %s",
			 BPFFS_ROOT);
}

static int check_name(const char *path, const char *name)
{
	if (!*name)
		return fail_plain(-EINVAL, "%s: the name of the pin is missing after the '/'",
				  path);
	if (!strchr(name, '.'))
		return 0;
	fail_plain(-EINVAL, "%s: a BPF file system has no names with a '.' in them", path);
	return fail_hint("use '_' instead");
}

static int check_parent(const char *path, const char *parent, bool nomount)
{
	struct stat st;

	if (stat(parent, &st) && errno == ENOENT) {
		fail_plain(-ENOENT, "%s: there is no directory %s", path, parent);
		return fail_hint("%screate it: mkdir -p %s",
				 is_bpffs(BPFFS_ROOT) ? ""
						      : "mount -t bpf bpf " BPFFS_ROOT ", then ",
				 parent);
	}
	if (stat(parent, &st))
		return fail(-errno, "look at %s", parent);
	if (!S_ISDIR(st.st_mode))
		return fail_plain(-ENOTDIR, "%s: %s is no directory", path, parent);
	if (is_bpffs(parent))
		return 0;
	if (is_root(parent))
		return check_mountable(nomount);
	fail_plain(-EINVAL, "%s: is not on a BPF file system", path);
	return fail_hint("pin it at %s/%s", BPFFS_ROOT, name_of(path));
}

/* The number after `key` in the fdinfo text, 0 for none. */
static unsigned long number_after(const char *text, const char *key)
{
	const char *at = strstr(text, key);

	return at ? strtoul(at + strlen(key), NULL, 10) : 0;
}

/* Says what is pinned at `path`, which exists. */
static int taken(const char *path)
{
	static const struct {
		const char *key, *kind;
	} kinds[] = {
		/* A link names its program too. */
		{ "link_id:", "link" },
		{ "prog_id:", "program" },
		{ "map_id:", "map" },
	};
	struct buf fdinfo AUTO_BUF = BUF_EMPTY;
	char name[64];
	auto_fd int fd = sys_obj_get(path);

	fail_plain(-EEXIST, "%s: exists already", path);
	snprintf(name, sizeof(name), "/proc/self/fdinfo/%d", fd);
	if (fd < 0 || file_read_at(AT_FDCWD, name, 64 * 1024, &fdinfo))
		return -EEXIST;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		unsigned long id = number_after(buf_str(&fdinfo), kinds[i].key);

		if (!id)
			continue;
		fail_plain(-EEXIST, "%s: %s %lu is pinned there already", path, kinds[i].kind, id);
		return fail_hint("choose another path, or remove the pin first: rm %s", path);
	}
	return -EEXIST;
}

static int check_free(const char *path)
{
	struct stat st;

	if (lstat(path, &st))
		return errno == ENOENT ? 0 : fail(-errno, "look at %s", path);
	if (S_ISDIR(st.st_mode))
		return fail_plain(-EISDIR, "%s: is a directory, the name of the pin is missing",
				  path);
	return taken(path);
}

int bpffs_check(const char *path, bool nomount)
{
	auto_free char *parent = parent_of(path);
	const char *name = name_of(path);
	int err;

	if (!parent)
		return fail(-ENOMEM, "look at %s", path);
	err = check_parent(path, parent, nomount);
	if (!err)
		err = check_name(path, name);
	return err ? err : check_free(path);
}

int bpffs_check_directory(const char *path, bool nomount)
{
	struct stat st;

	if (stat(path, &st))
		return errno == ENOENT ? bpffs_check(path, nomount)
				       : fail(-errno, "look at %s", path);
	if (!S_ISDIR(st.st_mode))
		return fail_plain(-ENOTDIR, "%s: is no directory", path);
	return check_parent(path, path, nomount);
}

/* Of two that come at once the second would hide what the first pins: it waits, and finds it done. */
static int mount_root(void)
{
	auto_fd int root = open(BPFFS_ROOT, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (root < 0 || flock(root, LOCK_EX))
		return fail(-errno, "lock %s to mount a BPF file system there", BPFFS_ROOT);
	if (!is_bpffs(BPFFS_ROOT) && mount("bpf", BPFFS_ROOT, "bpf", 0, "mode=0700"))
		return fail(-errno, "mount a BPF file system at %s", BPFFS_ROOT);
	return 0;
}

int bpffs_mount(const char *path, bool nomount)
{
	auto_free char *parent = parent_of(path);
	int err;

	if (!parent)
		return fail(-ENOMEM, "look at %s", path);
	if (is_bpffs(parent) || !is_root(parent))
		return 0;
	err = check_mountable(nomount);
	if (err)
		return err;
	return mount_root();
}

int bpffs_pin(int fd, const char *path)
{
	int err = sys_obj_pin(fd, path);

	return err == -EEXIST ? taken(path) : err ? fail(err, "pin at %s", path) : 0;
}
