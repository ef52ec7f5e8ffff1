// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* For completion: the devices and the files there are. */
#include "suggest.h"

#include <dirent.h>
#include <mntent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#include "base/buf.h"
#include "nl/dev.h"
#include "nl/nl.h"

AUTO_DEFINE(mounts, FILE *, NULL, endmntent)
AUTO_DEFINE(directory, DIR *, NULL, closedir)

void suggest_devices(const struct arg *arg, struct suggestions *to)
{
	struct nl_devs devs = { 0 };
	struct nl nl;

	(void)arg;
	if (*to->value || nl_open(&nl))
		return;
	if (nl_dev_list(&nl, &devs) >= 0) {
		vec_each (dev, &devs)
			suggest_add(to, dev->name, dev->kind[0] ? dev->kind : NULL);
	}
	vec_free(&devs);
	nl_close(&nl);
}

static bool is_of(const struct suggest_walk *walk, const char *path)
{
	struct statfs fs;

	return !statfs(path, &fs) && (unsigned long)fs.f_type == walk->magic;
}

/* Before anything of its path is typed a file system is a place to begin. */
static void suggest_mounts(const struct suggest_walk *walk, struct suggestions *to)
{
	AUTO(mounts) FILE *mounts = setmntent("/proc/self/mounts", "re");
	const struct mntent *mount;

	while (mounts && (mount = getmntent(mounts))) {
		struct buf path AUTO_BUF = BUF_EMPTY;

		if (strcmp(mount->mnt_type, walk->mounts) != 0)
			continue;
		buf_printf(&path, "%s/", mount->mnt_dir);
		if (strlen(to->typed) < path.len)
			suggest_add(to, buf_str(&path), walk->mount_help);
	}
}

static void suggest_entry(const struct suggest_walk *walk, struct buf *path, struct suggestions *to)
{
	struct stat st;

	if (!suggest_wants(to, buf_str(path)) || stat(buf_str(path), &st))
		return;
	if (S_ISDIR(st.st_mode)) {
		buf_addch(path, '/');
		suggest_add(to, buf_str(path), "directory");
	} else if (walk->visit) {
		walk->visit(buf_str(path), walk->context);
	}
}

/* Hidden files are for those who begin to type their names. */
static bool is_shown(const char *name, const char *typed)
{
	if (!strcmp(name, ".") || !strcmp(name, ".."))
		return false;
	return name[0] != '.' || typed[0] == '.';
}

void suggest_paths(const struct suggest_walk *walk, struct suggestions *to)
{
	const char *slash = strrchr(to->typed, '/');
	int len = slash ? (int)(slash - to->typed) + 1 : 0;
	struct buf path AUTO_BUF = BUF_EMPTY;
	const struct dirent *entry;

	buf_printf(&path, "%.*s", len, to->typed);
	if (walk->magic)
		suggest_mounts(walk, to);
	if (walk->magic && !is_of(walk, len ? buf_str(&path) : "."))
		return;
	AUTO(directory) DIR *directory = opendir(len ? buf_str(&path) : ".");
	while (directory && (entry = readdir(directory))) {
		if (!is_shown(entry->d_name, to->typed + len))
			continue;
		buf_clear(&path);
		buf_printf(&path, "%.*s%s", len, to->typed, entry->d_name);
		suggest_entry(walk, &path, to);
	}
}

static void add_file(const char *path, void *to)
{
	suggest_add(to, path, NULL);
}

void suggest_files(const struct arg *arg, struct suggestions *to)
{
	const struct suggest_walk walk = { .visit = add_file, .context = to };

	(void)arg;
	if (!*to->value)
		suggest_paths(&walk, to);
}

void suggest_pin_places(const struct arg *arg, struct suggestions *to)
{
	const struct suggest_walk walk = { SUGGEST_ON_BPFFS };

	(void)arg;
	if (!*to->value)
		suggest_paths(&walk, to);
}

/* Where ip(8) keeps those that have a name. */
void suggest_netns(const struct arg *arg, struct suggestions *to)
{
	AUTO(directory) DIR *directory = opendir("/run/netns");
	const struct dirent *entry;

	(void)arg;
	while (directory && (entry = readdir(directory))) {
		if (entry->d_name[0] != '.')
			suggest_add(to, entry->d_name, "network namespace");
	}
}
