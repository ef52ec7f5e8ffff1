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
	int fds; /* /proc/PID/fd */
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
	ssize_t got = read_small(process->fds, "../comm", process->comm, sizeof(process->comm));

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

	snprintf(path, sizeof(path), "../fdinfo/%.10s", fd);
	if (read_small(process->fds, path, text, sizeof(text)) <= 0)
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
static int read_process(struct holders *holders, struct process *process, off_t count)
{
	struct names names = { .dir = process->fds };
	const char *name;
	int err = 0;

	while (!err && count && (name = next_name(&names))) {
		char target[32];
		ssize_t len;
		int kind;

		if (name[0] == '.')
			continue;
		count--;
		len = readlinkat(process->fds, name, target, sizeof(target) - 1);
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
	struct holders *holders;
	int proc;
	bool counted;
};

static int visit(const struct search *search, pid_t pid)
{
	struct process process = { .pid = pid };
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
	return read_process(search->holders, &process, count);
}

static int search_all(const struct search *search)
{
	struct names names = { .dir = search->proc };
	const pid_t self = getpid();
	const char *name;
	int err = 0;

	while (!err && (name = next_name(&names))) {
		pid_t pid = (pid_t)strtol(name, NULL, 10);

		if (isdigit((unsigned char)name[0]) && pid != self)
			err = visit(search, pid);
	}
	return err;
}

int holders_read(struct holders *holders)
{
	auto_fd int proc = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct search search = { .holders = holders, .proc = proc };
	int err;

	if (proc < 0)
		return fail(-errno, "look through /proc");
	search.counted = count_fds(proc, "self/fd") > 0;
	err = search_all(&search);
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
