// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Where tracefs is, and mounting it when nobody did. */
#include "trace/tracefs.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/vfs.h>

#include "base/buf.h"
#include "base/cleanup.h"
#include "base/err.h"
#include "base/file.h"
#include "base/text.h"

#define MOUNT_POINT "/sys/kernel/tracing"
#define MOUNTS_MAX  (16 * 1024 * 1024)

/* Opens the directory `path` and tells the type of its file system. */
static int open_dir(const char *path, long *magic)
{
	auto_fd int fd = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	struct statfs fs;

	if (fd < 0 || fstatfs(fd, &fs))
		return -errno;
	*magic = (long)fs.f_type;
	return take_fd(&fd);
}

static int open_tracefs(const char *path)
{
	long magic;
	auto_fd int fd = open_dir(path, &magic);

	if (fd < 0)
		return fd;
	return magic == TRACEFS_MAGIC ? take_fd(&fd) : -ENOENT;
}

/* The bytes that /proc/PID/mounts writes as a backslash and three octal digits. */
static char unescape(const char **at)
{
	const char *s = *at;
	int value = 0;

	if (*s != '\\')
		return *(*at)++;
	for (int i = 1; i <= 3; i++) {
		if (s[i] < '0' || s[i] > '7')
			return *(*at)++;
		value = value * 8 + (s[i] - '0');
	}
	*at += 4;
	return (char)value;
}

bool tracefs_next_mount(const char **mounts, struct buf *path)
{
	while (**mounts) {
		const char *point = *mounts + strcspn(*mounts, " \n");
		const char *end = point + strcspn(point, "\n");
		const char *type;

		*mounts = *end ? end + 1 : end;
		if (*point != ' ')
			continue;
		point++;
		type = point + strcspn(point, " \n");
		if (!text_starts(type, " tracefs "))
			continue;
		buf_clear(path);
		while (point < type)
			buf_addch(path, unescape(&point));
		return true;
	}
	return false;
}

static int open_mounted_elsewhere(struct buf *path)
{
	AUTO_BUF struct buf mounts = BUF_EMPTY;
	int err = file_read_at(AT_FDCWD, "/proc/self/mounts", MOUNTS_MAX, &mounts);
	const char *rest = buf_str(&mounts);

	if (err)
		return err;
	/* One that another mount hides opens as that. */
	while (tracefs_next_mount(&rest, path)) {
		int fd = open_tracefs(buf_str(path));

		if (fd >= 0)
			return fd;
	}
	return -ENOENT;
}

/* Only the empty directory that sysfs keeps for it is mounted over: that hides no file. */
static int mount_tracefs(void)
{
	long magic;
	auto_fd int fd = open_dir(MOUNT_POINT, &magic);

	if (fd == -ENOENT) {
		fail_plain(fd, "no tracefs: there is no directory " MOUNT_POINT);
		return fail_hint("is sysfs mounted at /sys, and CONFIG_TRACING on in this kernel?");
	}
	if (fd < 0)
		return fail(fd, "open " MOUNT_POINT);
	if (magic != SYSFS_MAGIC) {
		fail_plain(-EBUSY, "no tracefs: something else is at " MOUNT_POINT);
		return fail_hint("mount it elsewhere: mount -t tracefs tracefs DIRECTORY");
	}
	/* EBUSY: another process was faster. */
	if (mount("tracefs", MOUNT_POINT, "tracefs", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) &&
	    errno != EBUSY)
		return fail(-errno, "mount tracefs at " MOUNT_POINT);
	return 0;
}

int tracefs_open(struct buf *path)
{
	static const char *const places[] = { MOUNT_POINT, "/sys/kernel/debug/tracing" };
	int fd;
	int err;

	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++) {
		fd = open_tracefs(places[i]);
		if (fd < 0)
			continue;
		buf_clear(path);
		buf_addstr(path, places[i]);
		return fd;
	}
	fd = open_mounted_elsewhere(path);
	if (fd >= 0)
		return fd;
	err = mount_tracefs();
	if (err)
		return err;
	buf_clear(path);
	buf_addstr(path, MOUNT_POINT);
	fd = open_tracefs(MOUNT_POINT);
	return fd >= 0 ? fd : fail(fd, "open tracefs at " MOUNT_POINT);
}
