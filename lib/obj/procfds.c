// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The open files of all processes, from /proc/PID/fd. */
#include "obj/procfds.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/cleanup.h"

ssize_t procfds_read(int dir, const char *path, char *text, size_t size)
{
	auto_fd int fd = openat(dir, path, O_RDONLY | O_CLOEXEC);
	ssize_t got = fd < 0 ? -1 : read(fd, text, size - 1);

	if (got < 0)
		return -errno;
	text[got] = '\0';
	return got;
}

const char *procfds_comm(struct procfds_process *process)
{
	ssize_t got;

	if (process->comm[0])
		return process->comm;
	got = procfds_read(process->fds, "../comm", process->comm, sizeof(process->comm));

	if (got > 0)
		process->comm[strcspn(process->comm, "\n")] = '\0';
	else
		strcpy(process->comm, "?");
	return process->comm;
}

/*
 * Goes through the names of a directory, as readdir() does; without its allocations and fstat(),
 * and not many at once: the kernel looks into each file of /proc that it names.
 */
struct names {
	int dir;
	ssize_t len;
	ssize_t at;
	_Alignas(struct dirent64) char bytes[1024];
};

static const char *next_name(struct names *names)
{
	const struct dirent64 *entry;

	if (names->at >= names->len) {
		names->len = getdents64(names->dir, names->bytes, sizeof(names->bytes));
		names->at = 0;
		if (names->len <= 0)
			return NULL;
	}
	entry = (const void *)(names->bytes + names->at);
	names->at += entry->d_reclen;
	return entry->d_name;
}

/* A process that shows none of its fds shows no other either. */
static int read_process(const struct procfds_walk *walk, struct procfds_process *process,
			off_t count)
{
	struct names names = { .dir = process->fds };
	const char *name;
	int err = 0;

	while (!err && count && (name = next_name(&names))) {
		char target[32];
		ssize_t len;

		if (name[0] == '.')
			continue;
		count--;
		len = readlinkat(process->fds, name, target, sizeof(target) - 1);
		if (len < 0 && errno == EACCES)
			break;
		if (len <= 0)
			continue;
		target[len] = '\0';
		err = walk->visit(&(struct procfds_file){ process, name, target }, walk->context);
	}
	return err;
}

#define UNCOUNTED (-1)

/*
 * How many fds a process has, which since Linux 6.2 is the size of /proc/PID/fd; before, it is 0
 * for all. None have kernel threads, half of what there is, and others.
 */
static off_t count_fds(int proc, const char *fds)
{
	struct stat st;

	return fstatat(proc, fds, &st, 0) ? UNCOUNTED : st.st_size;
}

struct search {
	const struct procfds_walk *walk;
	int proc;
	bool counted;
};

static int visit_process(const struct search *search, pid_t pid)
{
	struct procfds_process process = { .pid = pid };
	char path[32];
	off_t count;

	snprintf(path, sizeof(path), "%d/fd", (int)pid);
	count = search->counted ? count_fds(search->proc, path) : UNCOUNTED;
	if (!count)
		return 0;
	auto_fd int fds = openat(search->proc, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fds < 0)
		return 0;
	process.fds = fds;
	return read_process(search->walk, &process, count);
}

int procfds_walk(const struct procfds_walk *walk)
{
	auto_fd int proc = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct search search = { .walk = walk, .proc = proc };
	struct names names = { .dir = proc };
	const pid_t self = getpid();
	const char *name;
	int err = 0;

	if (proc < 0)
		return -errno;
	search.counted = count_fds(proc, "self/fd") > 0;
	while (!err && (name = next_name(&names))) {
		pid_t pid = (pid_t)strtol(name, NULL, 10);

		if (isdigit((unsigned char)name[0]) && pid != self)
			err = visit_process(&search, pid);
	}
	return err;
}
