// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Which processes hold an object open, from /proc/PID/fd and fdinfo. */
#include "obj/holders.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/text.h"

AUTO_DEFINE(directory, DIR *, NULL, closedir)

/* How an fd of each kind looks from outside. */
static const struct {
	const char *inode, *id_key;
} kinds[OBJ_KINDS] = {
	[OBJ_PROG] = { "anon_inode:bpf-prog", "\nprog_id:\t" },
	[OBJ_MAP] = { "anon_inode:bpf-map", "\nmap_id:\t" },
	[OBJ_LINK] = { "anon_inode:bpf_link", "\nlink_id:\t" },
	[OBJ_BTF] = { "anon_inode:btf", "\nbtf_id:\t" },
};

/* One process while it is looked through. */
struct process {
	pid_t pid;
	int dir; /* /proc/PID */
	char comm[16];
};

/* Reads a small file of /proc as a string; its length, or a negative errno. */
static ssize_t read_small(int dir, const char *path, char *text, size_t size)
{
	auto_fd int fd = openat(dir, path, O_RDONLY | O_CLOEXEC);
	ssize_t got = fd < 0 ? -1 : read(fd, text, size - 1);

	if (got < 0)
		return -errno;
	text[got] = '\0';
	return got;
}

static void read_comm(struct process *process)
{
	ssize_t got = read_small(process->dir, "comm", process->comm, sizeof(process->comm));

	if (got > 0)
		process->comm[strcspn(process->comm, "\n")] = '\0';
	else
		strcpy(process->comm, "?");
}

static int add_holder(struct holders *holders, struct process *process, int kind, const char *fd)
{
	char path[32], text[2048];
	struct holder holder = { .key.kind = (enum obj_kind)kind, .pid = process->pid };
	const char *line;

	snprintf(path, sizeof(path), "fdinfo/%.10s", fd);
	if (read_small(process->dir, path, text, sizeof(text)) <= 0)
		return 0;
	line = strstr(text, kinds[kind].id_key);
	if (!line)
		return 0;
	holder.key.id = (uint32_t)strtoul(line + strlen(kinds[kind].id_key), NULL, 10);
	if (!process->comm[0])
		read_comm(process);
	memcpy(holder.comm, process->comm, sizeof(holder.comm));
	return vec_push(holders, holder);
}

static int kind_of(const char *target)
{
	/* Sockets, pipes and files are most of what there is. */
	if (!text_starts(target, "anon_inode:b"))
		return -1;
	for (int kind = 0; kind < OBJ_KINDS; kind++) {
		if (!strcmp(target, kinds[kind].inode))
			return kind;
	}
	return -1;
}

static int read_process(struct holders *holders, struct process *process)
{
	int fds = openat(process->dir, "fd", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	AUTO(directory) DIR *directory = fds < 0 ? NULL : fdopendir(fds);
	const struct dirent *entry;
	int err = 0;

	if (!directory && fds >= 0)
		close(fds);
	while (!err && directory && (entry = readdir(directory))) {
		char target[32];
		ssize_t len = readlinkat(fds, entry->d_name, target, sizeof(target) - 1);
		int kind;

		if (len <= 0)
			continue;
		target[len] = '\0';
		kind = kind_of(target);
		if (kind >= 0)
			err = add_holder(holders, process, kind, entry->d_name);
	}
	return err;
}

static int compare(const void *a, const void *b)
{
	const struct holder *left = a, *right = b;

	return obj_key_compare(&left->key, &right->key)
		       ?: (left->pid > right->pid) - (left->pid < right->pid);
}

/* A process that holds an object by several fds is one holder. */
static void drop_repeats(struct holders *holders)
{
	size_t kept = 0;

	if (holders->n)
		qsort(holders->v, holders->n, sizeof(*holders->v), compare);
	for (size_t i = 0; i < holders->n; i++) {
		if (!kept || compare(&holders->v[kept - 1], &holders->v[i]))
			holders->v[kept++] = holders->v[i];
	}
	holders->n = kept;
}

int holders_read(struct holders *holders)
{
	AUTO(directory) DIR *proc = opendir("/proc");
	const struct dirent *entry;

	if (!proc)
		return fail(-errno, "look through /proc");
	while ((entry = readdir(proc))) {
		struct process process = { .pid = (pid_t)strtol(entry->d_name, NULL, 10) };
		int err;

		if (!isdigit((unsigned char)entry->d_name[0]) || process.pid == getpid())
			continue;
		auto_fd int dir = openat(dirfd(proc), entry->d_name, O_PATH | O_CLOEXEC);
		if (dir < 0)
			continue;
		process.dir = dir;
		err = read_process(holders, &process);
		if (err)
			return fail(err, "list who holds BPF objects");
	}
	drop_repeats(holders);
	return 0;
}

void holders_free(struct holders *holders)
{
	vec_free(holders);
}

const struct holder *holders_of(const struct holders *holders, struct obj_key key, size_t *count)
{
	return obj_key_find(holders->v, holders->n, sizeof(*holders->v), key, count);
}
