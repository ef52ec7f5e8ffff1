// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Which processes hold an object open, from /proc/PID/fd and fdinfo. */
#include "obj/holders.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/err.h"
#include "base/text.h"

/* Where the fdinfo of each kind has the id. */
static const char *const id_keys[OBJ_KINDS] = {
	[OBJ_PROG] = "\nprog_id:\t",
	[OBJ_MAP] = "\nmap_id:\t",
	[OBJ_LINK] = "\nlink_id:\t",
	[OBJ_BTF] = "\nbtf_id:\t",
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
	line = strstr(text, id_keys[kind]);
	if (!line)
		return 0;
	holder.key.id = (uint32_t)strtoul(line + strlen(id_keys[kind]), NULL, 10);
	if (!process->comm[0])
		read_comm(process);
	memcpy(holder.comm, process->comm, sizeof(holder.comm));
	return vec_push(holders, holder);
}

static int kind_of(const char *target)
{
	/* Sockets, pipes and files are most of what there is. */
	return text_starts(target, "anon_inode:b") ? obj_kind_of_inode(target) : -1;
}

/* Goes through the names of a directory, as readdir() does; without its allocations and fstat(). */
struct names {
	int dir;
	ssize_t len;
	ssize_t at;
	_Alignas(struct dirent64) char bytes[32 * 1024];
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
static int read_process(struct holders *holders, struct process *process)
{
	auto_fd int fds = openat(process->dir, "fd", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct names names = { .dir = fds };
	const char *name;
	int err = 0;

	while (!err && fds >= 0 && (name = next_name(&names))) {
		char target[32];
		ssize_t len;
		int kind;

		if (name[0] == '.')
			continue;
		len = readlinkat(fds, name, target, sizeof(target) - 1);
		if (len < 0 && errno == EACCES)
			break;
		if (len <= 0)
			continue;
		target[len] = '\0';
		kind = kind_of(target);
		if (kind >= 0)
			err = add_holder(holders, process, kind, name);
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

/* Since Linux 6.2 the size of /proc/PID/fd is how many there are; before, it is 0 for all. */
static bool fds_are_counted(int proc)
{
	struct stat st;

	return !fstatat(proc, "self/fd", &st, 0) && st.st_size > 0;
}

/* Kernel threads, half of what there is, and others that have no fd. */
static bool has_no_fds(int proc, const char *pid)
{
	struct stat st;
	char path[32];

	snprintf(path, sizeof(path), "%.20s/fd", pid);
	return !fstatat(proc, path, &st, 0) && st.st_size == 0;
}

static int visit(struct holders *holders, int proc, const char *pid)
{
	struct process process = { .pid = (pid_t)strtol(pid, NULL, 10) };
	auto_fd int dir = openat(proc, pid, O_PATH | O_CLOEXEC);

	if (dir < 0)
		return 0;
	process.dir = dir;
	return read_process(holders, &process);
}

int holders_read(struct holders *holders)
{
	auto_fd int proc = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	auto_free struct names *names = proc < 0 ? NULL : calloc(1, sizeof(*names));
	bool counted;
	const char *pid;
	int err = proc < 0 ? -errno : names ? 0 : -ENOMEM;

	if (err)
		return fail(err, "look through /proc");
	counted = fds_are_counted(proc);
	names->dir = proc;
	while (!err && (pid = next_name(names))) {
		if (!isdigit((unsigned char)pid[0]) || strtol(pid, NULL, 10) == getpid())
			continue;
		if (!counted || !has_no_fds(proc, pid))
			err = visit(holders, proc, pid);
	}
	drop_repeats(holders);
	return err ? fail(err, "list who holds BPF objects") : 0;
}

void holders_free(struct holders *holders)
{
	vec_free(holders);
}

const struct holder *holders_of(const struct holders *holders, struct obj_key key, size_t *count)
{
	return obj_key_find(holders->v, holders->n, sizeof(*holders->v), key, count);
}
