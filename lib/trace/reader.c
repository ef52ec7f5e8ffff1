// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Which process reads the one trace_pipe that all share. */
#include "trace/reader.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cleanup.h"

#define NAME "/trace_pipe"

AUTO_DEFINE(dir, DIR *, NULL, closedir)

static DIR *open_dir(int parent, const char *path)
{
	auto_fd int fd = openat(parent, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;

	if (dir)
		take_fd(&fd);
	return dir;
}

/* The path comes first: to ask for the attributes of just any file could wait for a dead server. */
static bool is_trace_pipe(int fds, const char *fd, dev_t device)
{
	char path[4096];
	ssize_t len = readlinkat(fds, fd, path, sizeof(path) - 1);
	struct stat st;

	if (len < (ssize_t)strlen(NAME))
		return false;
	path[len] = '\0';
	if (strcmp(path + len - strlen(NAME), NAME) || strstr(path, "/instances/"))
		return false;
	return !fstatat(fds, fd, &st, 0) && st.st_dev == device;
}

static bool reads_it(int process, dev_t device)
{
	AUTO(dir) DIR *fds = open_dir(process, "fd");
	const struct dirent *entry;

	while (fds && (entry = readdir(fds))) {
		if (is_trace_pipe(dirfd(fds), entry->d_name, device))
			return true;
	}
	return false;
}

static void read_comm(int process, char comm[static 16])
{
	auto_fd int fd = openat(process, "comm", O_RDONLY | O_CLOEXEC);
	ssize_t got = fd >= 0 ? read(fd, comm, 15) : -1;

	if (got <= 0)
		comm[0] = '?';
	comm[got > 0 ? got : 1] = '\0';
	comm[strcspn(comm, "\n")] = '\0';
}

bool trace_reader_find(struct trace_reader *reader, int tracefs)
{
	AUTO(dir) DIR *proc = open_dir(AT_FDCWD, "/proc");
	const struct dirent *entry;
	struct stat st;

	if (!proc || fstat(tracefs, &st))
		return false;
	while ((entry = readdir(proc))) {
		int pid = atoi(entry->d_name);
		auto_fd int process = -1;

		if (pid <= 0)
			continue;
		process = openat(dirfd(proc), entry->d_name, O_PATH | O_DIRECTORY | O_CLOEXEC);
		if (process < 0 || !reads_it(process, st.st_dev))
			continue;
		reader->pid = pid;
		read_comm(process, reader->comm);
		return true;
	}
	return false;
}
