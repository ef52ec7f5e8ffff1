// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Several pins that are made together: all of them, or none. */
#include "bpf/pinset.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "bpf/bpffs.h"

/* What is to be undone is noted first: then nothing can be made that is not noted. */
static int note(struct pinset *set, const char *path, bool is_directory)
{
	struct pinset_entry entry = { .path = strdup(path), .is_directory = is_directory };

	if (entry.path && !vec_push(&set->made, entry))
		return 0;
	free(entry.path);
	return fail(-ENOMEM, "pin at %s", path);
}

static void forget(struct pinset *set)
{
	free(set->made.v[--set->made.n].path);
}

static ino_t inode_at(const char *path)
{
	struct stat st;

	return lstat(path, &st) ? 0 : st.st_ino;
}

int pinset_pin(struct pinset *set, int fd, const char *path)
{
	int err = bpffs_mount(path, set->nomount) ?: note(set, path, false);

	if (err)
		return err;
	err = bpffs_pin(fd, path);
	if (err)
		forget(set);
	else
		set->made.v[set->made.n - 1].inode = inode_at(path);
	return err;
}

int pinset_directory(struct pinset *set, const char *path)
{
	int err;

	if (!access(path, F_OK))
		return 0;
	err = bpffs_mount(path, set->nomount) ?: note(set, path, true);
	if (err || !mkdir(path, 0700))
		return err;
	err = fail(-errno, "make the directory %s", path);
	forget(set);
	return err;
}

void pinset_undo(const struct pinset *set)
{
	for (size_t i = set->made.n; i--;) {
		const struct pinset_entry *entry = &set->made.v[i];

		if (entry->is_directory)
			rmdir(entry->path);
		else if (inode_at(entry->path) == entry->inode)
			unlink(entry->path);
	}
}

void pinset_free(struct pinset *set)
{
	vec_each (entry, &set->made)
		free(entry->path);
	vec_free(&set->made);
}
