/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The open files of all processes, from /proc/PID/fd. */
#ifndef XH_OBJ_PROCFDS_H
#define XH_OBJ_PROCFDS_H

#include <stddef.h>
#include <sys/types.h>

/* A process while it is looked through. */
struct procfds_process {
	pid_t pid;
	int fds;       /* /proc/PID/fd */
	char comm[16]; /* "" until procfds_comm() */
};

/* What it has open. */
struct procfds_file {
	struct procfds_process *process;
	const char *fd;     /* the number, as /proc has it */
	const char *target; /* "anon_inode:bpf-prog", cut to 31 bytes */
};

/* `visit` is told of each; 0 or a negative errno, which ends the walk, no failure recorded. */
struct procfds_walk {
	int (*visit)(const struct procfds_file *file, void *context);
	void *context;
};

/*
 * Goes through all processes but this one. Those that end meanwhile, or that may not be looked
 * into, are left out. 0 or a negative errno, no failure recorded.
 */
int procfds_walk(const struct procfds_walk *walk);

/* The command name of the process, "?" when it has gone. */
const char *procfds_comm(struct procfds_process *process);

/* Reads a small file of /proc relative to `dir` as a string; its length, or a negative errno. */
ssize_t procfds_read(int dir, const char *path, char *text, size_t size);

#endif
