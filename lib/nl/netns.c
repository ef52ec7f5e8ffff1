// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Network namespaces: the named ones, and going into one. */
#include "nl/netns.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/nsfs.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>

#include "base/err.h"
#include "base/text.h"

AUTO_DEFINE(directory, DIR *, NULL, closedir)

void nl_netns_names_free(struct nl_netns_names *names)
{
	vec_each (name, names)
		free(*name);
	vec_free(names);
}

static int add_name(struct nl_netns_names *names, const char *name)
{
	char *copy = strdup(name);

	if (copy && !vec_push(names, copy))
		return 0;
	free(copy);
	return fail(-ENOMEM, "list the network namespaces");
}

static int compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

int nl_netns_list(struct nl_netns_names *names)
{
	AUTO(directory) DIR *directory = opendir(NL_NETNS_DIR);
	const struct dirent *entry;
	int err = 0;

	if (!directory)
		return errno == ENOENT ? 0 : fail(-errno, "read %s", NL_NETNS_DIR);
	while (!err && (entry = readdir(directory))) {
		if (entry->d_name[0] != '.')
			err = add_name(names, entry->d_name);
	}
	if (names->n)
		qsort(names->v, names->n, sizeof(*names->v), compare);
	return err;
}

static int fail_no_name(const char *name)
{
	struct nl_netns_names names = { 0 };
	int err = fail_missing("no network namespace named '%s'", name);

	if (nl_netns_list(&names))
		fail_missing("no network namespace named '%s'", name);
	vec_each (other, &names) {
		if (text_near(name, *other)) {
			fail_hint("did you mean '%s'?", *other);
			break;
		}
	}
	nl_netns_names_free(&names);
	return err;
}

static bool is_netns(int fd)
{
	return ioctl(fd, NS_GET_NSTYPE) == CLONE_NEWNET;
}

int nl_netns_open(const char *name)
{
	char path[sizeof(NL_NETNS_DIR) + NAME_MAX + 1];
	bool is_path = strchr(name, '/');

	if (!is_path && strlen(name) > NAME_MAX)
		return fail_no_name(name);
	if (!is_path)
		snprintf(path, sizeof(path), "%s/%s", NL_NETNS_DIR, name);
	/* Never waits: the path may be that of a FIFO. */
	auto_fd int fd = open(is_path ? name : path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0 && errno == ENOENT && !is_path)
		return fail_no_name(name);
	if (fd < 0 && errno == ENOENT)
		return fail_missing("%s: no such file", name);
	if (fd < 0)
		return fail(-errno, "open the network namespace %s", name);
	if (!is_netns(fd))
		return fail_plain(-EINVAL, "%s is no network namespace", is_path ? name : path);
	return take_fd(&fd);
}

int nl_netns_enter(int fd, const char *name)
{
	if (!setns(fd, CLONE_NEWNET))
		return 0;
	if (errno != EPERM)
		return fail(-errno, "enter the network namespace %s", name);
	fail_plain(-EPERM, "entering a network namespace needs CAP_SYS_ADMIN (EPERM)");
	return fail_hint("try: sudo xh …");
}

uint64_t nl_netns_inode(int fd)
{
	struct stat st;

	return fstat(fd, &st) ? 0 : st.st_ino;
}

uint64_t nl_netns_own_inode(void)
{
	struct stat st;

	return stat(NL_NETNS_OWN, &st) ? 0 : st.st_ino;
}
