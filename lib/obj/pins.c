// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Where objects are pinned: every file of every bpffs that this mount namespace shows. */
#include "obj/pins.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <mntent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#include "base/buf.h"
#include "base/err.h"
#include "bpf/sys.h"

/* Directories of directories that are followed: more is no layout, but a trap. */
#define DEPTH_MAX 64

AUTO_DEFINE(mounts, FILE *, NULL, endmntent)
AUTO_DEFINE(directory, DIR *, NULL, closedir)

static int add_pin(struct pins *pins, const char *path)
{
	struct obj obj AUTO_OBJ = OBJ_CLOSED;
	struct pin pin;

	if (obj_open_path(path, &obj)) {
		fail_clear();
		return 0;
	}
	pin = (struct pin){ .key = { obj.kind, obj.id }, .path = strdup(path) };
	if (!pin.path || vec_push(pins, pin)) {
		free(pin.path);
		return fail(-ENOMEM, "list the pins");
	}
	return 0;
}

static int read_directory(struct pins *pins, struct buf *path, unsigned int depth);

static int read_entry(struct pins *pins, struct buf *path, unsigned int depth)
{
	struct stat st;

	if (lstat(buf_str(path), &st))
		return 0;
	if (S_ISDIR(st.st_mode))
		return depth < DEPTH_MAX ? read_directory(pins, path, depth + 1) : 0;
	return S_ISREG(st.st_mode) ? add_pin(pins, buf_str(path)) : 0;
}

/* Goes through one directory; `path` is longer meanwhile and the same afterwards. */
static int read_directory(struct pins *pins, struct buf *path, unsigned int depth)
{
	AUTO(directory) DIR *directory = opendir(buf_str(path));
	const struct dirent *entry;
	size_t len = path->len;

	while (directory && (entry = readdir(directory))) {
		int err;

		if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
			continue;
		buf_printf(path, "/%s", entry->d_name);
		err = buf_err(path) ?: read_entry(pins, path, depth);
		path->len = len;
		path->data[len] = '\0';
		if (err)
			return err;
	}
	return 0;
}

static int compare(const void *a, const void *b)
{
	const struct pin *left = a, *right = b;

	return obj_key_compare(&left->key, &right->key) ?: strcmp(left->path, right->path);
}

/* A bpffs mounted over another is listed too, though its files cannot be reached any more. */
static bool is_bpffs(const char *path)
{
	struct statfs fs;

	return !statfs(path, &fs) && (unsigned long)fs.f_type == BPF_FS_MAGIC;
}

/* One file system seen at several places, or twice at one, gives each path once. */
static void drop_repeats(struct pins *pins)
{
	size_t kept = 0;

	for (size_t i = 0; i < pins->n; i++) {
		if (kept && !compare(&pins->v[kept - 1], &pins->v[i]))
			free(pins->v[i].path);
		else
			pins->v[kept++] = pins->v[i];
	}
	pins->n = kept;
}

int pins_read(struct pins *pins)
{
	AUTO(mounts) FILE *mounts = setmntent("/proc/self/mounts", "re");
	const struct mntent *mount;

	if (!mounts)
		return fail(-errno, "read /proc/self/mounts");
	while ((mount = getmntent(mounts))) {
		struct buf path AUTO_BUF = BUF_EMPTY;
		int err;

		if (strcmp(mount->mnt_type, "bpf") || !is_bpffs(mount->mnt_dir))
			continue;
		buf_addstr(&path, mount->mnt_dir);
		err = buf_err(&path) ?: read_directory(pins, &path, 0);
		if (err)
			return err;
	}
	if (pins->n)
		qsort(pins->v, pins->n, sizeof(*pins->v), compare);
	drop_repeats(pins);
	return 0;
}

void pins_free(struct pins *pins)
{
	vec_each (pin, pins)
		free(pin->path);
	vec_free(pins);
}

const struct pin *pins_of(const struct pins *pins, struct obj_key key, size_t *count)
{
	return obj_key_find(pins->v, pins->n, sizeof(*pins->v), key, count);
}
