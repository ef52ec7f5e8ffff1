// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Whole files in, whole buffers out. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/err.h"

static const char *kind_of(mode_t mode)
{
	switch (mode & S_IFMT) {
	case S_IFDIR:
		return "a directory";
	case S_IFIFO:
		return "a FIFO";
	case S_IFSOCK:
		return "a socket";
	case S_IFCHR:
	case S_IFBLK:
		return "a device";
	default:
		return "no regular file";
	}
}

int file_open(const char *path, const char *expected)
{
	auto_fd int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	int err = fd < 0 ? -errno : 0;
	struct stat st;

	if (err == -ENOENT)
		return fail_plain(err, "%s: no such file", path);
	/* A socket cannot be opened, but looked at. */
	if (fd < 0 ? stat(path, &st) : fstat(fd, &st))
		return fail(err ?: -errno, "open %s", path);
	if (!S_ISREG(st.st_mode))
		return fail_plain(-EINVAL, "%s: is %s, expected %s", path, kind_of(st.st_mode),
				  expected);
	return err ? fail(err, "open %s", path) : take_fd(&fd);
}

int file_read_fd(int fd, size_t max, struct buf *into)
{
	for (;;) {
		ssize_t got;

		if (!buf_reserve(into, 64 * 1024))
			return -ENOMEM;
		got = read(fd, into->data + into->len, into->cap - into->len - 1);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -errno;
		into->len += (size_t)got;
		into->data[into->len] = '\0';
		if (into->len > max)
			return -EFBIG;
		if (!got)
			return 0;
	}
}

int file_read_at(int dir, const char *path, size_t max, struct buf *into)
{
	auto_fd int fd = openat(dir, path, O_RDONLY | O_CLOEXEC);

	return fd < 0 ? -errno : file_read_fd(fd, max, into);
}

int file_write(int fd, const void *bytes, size_t len)
{
	const char *from = bytes;

	while (len) {
		ssize_t wrote = write(fd, from, len);

		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote < 0)
			return -errno;
		from += wrote;
		len -= (size_t)wrote;
	}
	return 0;
}

int file_save(const char *path, const void *bytes, size_t len)
{
	auto_fd int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	struct stat st;
	int err;

	if (fd < 0)
		return fail(-errno, "open %s for writing", path);
	err = file_write(fd, bytes, len);
	if (!err && close(take_fd(&fd)))
		err = -errno;
	if (!err)
		return 0;
	if (!stat(path, &st) && S_ISREG(st.st_mode))
		unlink(path);
	return fail(err, "write %s", path);
}

void file_guard_stdio(void)
{
	/* Opened the wrong way round, so that a read of stdin or a write of output still fails. */
	for (int fd = 0; fd <= 2; fd++) {
		if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
			open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY);
	}
}
