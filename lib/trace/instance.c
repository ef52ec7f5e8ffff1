// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* A private tracefs instance: ring buffers of our own into which the kernel copies bpf_printk. */
#include "trace/instance.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/cleanup.h"
#include "base/err.h"
#include "base/file.h"
#include "base/text.h"
#include "trace/filter.h"

#define PREFIX     "xh-"
#define DIGITS     "0123456789"
#define EVENT_DIR  "events/bpf_trace/bpf_trace_printk"
#define TRIES_MAX  1000
#define CLOCKS_MAX 4096

static bool is_missing(int dir, const char *path)
{
	struct stat st;

	return fstatat(dir, path, &st, 0) && errno == ENOENT;
}

bool trace_instance_possible(int tracefs)
{
	return !is_missing(tracefs, "instances") && !is_missing(tracefs, EVENT_DIR);
}

bool trace_instance_is_ours(const char *name)
{
	const char *pid = name + strlen(PREFIX);
	const char *rest;

	if (!text_starts(name, PREFIX))
		return false;
	rest = pid + strspn(pid, DIGITS);
	if (rest == pid)
		return false;
	if (!*rest)
		return true;
	return *rest == '.' && rest[1] && !rest[1 + strspn(rest + 1, DIGITS)];
}

/* rmdir() decides: it refuses an instance that somebody has a file of open. */
static void sweep(int parent)
{
	int fd = openat(parent, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
	const struct dirent *entry;

	if (!dir) {
		cleanup_fd(&fd);
		return;
	}
	while ((entry = readdir(dir))) {
		if (trace_instance_is_ours(entry->d_name))
			unlinkat(parent, entry->d_name, AT_REMOVEDIR);
	}
	closedir(dir);
}

/*
 * Opens the new instance; -EAGAIN when another xh that just started has swept it meanwhile. Then
 * there is no such file or no such device; or, when yet another instance was made in the same
 * memory, the kernel (seen on 6.18) opens the removed file with that one behind it.
 */
static int claim(struct trace_instance *instance)
{
	auto_fd int dir =
		openat(instance->parent, instance->name, O_PATH | O_DIRECTORY | O_CLOEXEC);
	auto_fd int keep = -1;
	struct stat st;

	if (dir >= 0)
		keep = openat(dir, "buffer_percent", O_WRONLY | O_CLOEXEC);
	if (dir < 0 || keep < 0 || fstat(keep, &st))
		return errno == ENOENT || errno == ENODEV ? -EAGAIN : -errno;
	if (!st.st_nlink)
		return -EAGAIN;
	instance->dir = take_fd(&dir);
	instance->keep = take_fd(&keep);
	return 0;
}

/* A process of another pid namespace may have this pid too: the name that is free is ours. */
static int create(struct trace_instance *instance)
{
	for (unsigned int n = 0; n < TRIES_MAX; n++) {
		int err;

		snprintf(instance->name, sizeof(instance->name), n ? PREFIX "%d.%u" : PREFIX "%d",
			 (int)getpid(), n);
		if (mkdirat(instance->parent, instance->name, 0700)) {
			if (errno == EEXIST)
				continue;
			return fail(-errno, "make trace instance %s", instance->name);
		}
		err = claim(instance);
		if (!err)
			return 0;
		if (err != -EAGAIN) {
			unlinkat(instance->parent, instance->name, AT_REMOVEDIR);
			return fail(err, "open trace instance %s", instance->name);
		}
	}
	return fail_plain(-EEXIST, "no free name for a trace instance after " PREFIX "%d.%d",
			  (int)getpid(), TRIES_MAX - 1);
}

static int write_at(int dir, const char *path, const char *value)
{
	auto_fd int fd = openat(dir, path, O_WRONLY | O_CLOEXEC);

	return fd < 0 ? -errno : file_write(fd, value, strlen(value));
}

/* A filter that the kernel refuses is left to whoever reads. */
static int set_filter(const struct trace_instance *instance, struct trace_filter *filter)
{
	struct buf text AUTO_BUF = BUF_EMPTY;
	int err;

	trace_filter_write(filter, &text);
	err = buf_err(&text);
	if (!err && text.len)
		filter->in_kernel = !write_at(instance->dir, EVENT_DIR "/filter", buf_str(&text));
	return err;
}

static int set_up(const struct trace_instance *instance, struct trace_filter *filter)
{
	/* 0 wakes a reader at the first event; the default of 50 when the buffer is half full. */
	int err = file_write(instance->keep, "0", 1);

	if (err)
		return fail(err, "write %s/buffer_percent", instance->name);
	err = set_filter(instance, filter);
	if (err)
		return err;
	err = write_at(instance->dir, EVENT_DIR "/enable", "1");
	return err ? fail(err, "write %s/" EVENT_DIR "/enable", instance->name) : 0;
}

int trace_instance_open(struct trace_instance *instance, struct trace_filter *filter, int tracefs)
{
	int err;

	*instance = (struct trace_instance){ .dir = -1, .keep = -1 };
	instance->parent = openat(tracefs, "instances", O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (instance->parent < 0)
		return fail(-errno, "open the instances directory of tracefs");
	sweep(instance->parent);
	err = create(instance) ?: set_up(instance, filter);
	if (err)
		trace_instance_close(instance);
	return err;
}

/* The file lists all clocks, the one in use between brackets. */
int trace_instance_share_clock(const struct trace_instance *instance, int tracefs)
{
	struct buf clocks AUTO_BUF = BUF_EMPTY;
	int err = file_read_at(tracefs, "trace_clock", CLOCKS_MAX, &clocks);
	char *clock = err ? NULL : strchr(buf_str(&clocks), '[');

	if (clock) {
		clock++;
		clock[strcspn(clock, "]")] = '\0';
		/* Every instance begins with this one. */
		if (strcmp(clock, "local"))
			err = write_at(instance->dir, "trace_clock", clock);
	}
	return err ? fail(err, "set the trace clock of %s", instance->name) : 0;
}

int trace_instance_stop(const struct trace_instance *instance)
{
	int err = write_at(instance->dir, "tracing_on", "0");

	return err ? fail(err, "write %s/tracing_on", instance->name) : 0;
}

void trace_instance_close(struct trace_instance *instance)
{
	bool made = instance->keep >= 0;

	cleanup_fd(&instance->keep);
	cleanup_fd(&instance->dir);
	if (made)
		unlinkat(instance->parent, instance->name, AT_REMOVEDIR);
	cleanup_fd(&instance->parent);
	instance->keep = instance->dir = instance->parent = -1;
}
