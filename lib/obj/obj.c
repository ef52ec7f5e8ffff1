// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The four kinds of object, opened by id or path, and the one walk over all of a kind. */
#include "obj/obj.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/err.h"
#include "bpf/info.h"
#include "bpf/sys.h"

/* A row a kind: what differs between them when they are looked for. */
struct kind {
	const char *name, *plural, *word;
	const char *inode; /* what /proc/self/fd/N points to */
	int (*next_id)(uint32_t after, uint32_t *next);
	int (*by_id)(uint32_t id);
	size_t id_offset; /* of the id in its info struct (enough of it for a shorter kernel's) */
};

static const struct kind kinds[OBJ_KINDS] = {
	[OBJ_PROG] = { "program", "programs", "prog", "anon_inode:bpf-prog", sys_prog_next_id,
		       sys_prog_by_id, offsetof(struct bpf_prog_info, id) },
	[OBJ_MAP] = { "map", "maps", "map", "anon_inode:bpf-map", sys_map_next_id, sys_map_by_id,
		      offsetof(struct bpf_map_info, id) },
	[OBJ_LINK] = { "link", "links", "link", "anon_inode:bpf_link", sys_link_next_id,
		       sys_link_by_id, offsetof(struct bpf_link_info, id) },
	[OBJ_BTF] = { "BTF object", "BTF objects", "btf", "anon_inode:btf", sys_btf_next_id,
		      sys_btf_by_id, offsetof(struct bpf_btf_info, id) },
};

const char *obj_kind_name(enum obj_kind kind)
{
	return kinds[kind].name;
}

const char *obj_kind_word(enum obj_kind kind)
{
	return kinds[kind].word;
}

void obj_close(struct obj *obj)
{
	if (obj->fd >= 0)
		close(take_fd(&obj->fd));
}

void obj_close_all(struct objs *objs)
{
	vec_each (obj, objs)
		obj_close(obj);
	vec_free(objs);
}

static int fail_listing(int err, enum obj_kind kind)
{
	if (err != -EPERM)
		return fail(err, "list %s", kinds[kind].plural);
	fail_plain(err, "listing %s needs CAP_SYS_ADMIN (EPERM)", kinds[kind].plural);
	return fail_hint("try: sudo xh …");
}

int obj_walk(enum obj_kind kind, int (*visit)(const struct obj *obj, void *context), void *context)
{
	uint32_t id = 0;

	for (;;) {
		struct obj obj AUTO_OBJ = { .kind = kind, .fd = -1 };
		int err = kinds[kind].next_id(id, &id);

		if (err)
			return err == -ENOENT ? 0 : fail_listing(err, kind);
		obj.id = id;
		obj.fd = kinds[kind].by_id(id);
		/* A link that is still being made answers EAGAIN. */
		if (obj.fd == -ENOENT || obj.fd == -EAGAIN)
			continue;
		if (obj.fd < 0)
			return fail_listing(obj.fd, kind);
		err = visit(&obj, context);
		if (err)
			return err;
	}
}

int obj_open_id(enum obj_kind kind, uint32_t id, struct obj *obj)
{
	int fd = kinds[kind].by_id(id);

	*obj = (struct obj){ .kind = kind, .fd = fd, .id = id };
	if (fd >= 0)
		return 0;
	if (fd == -ENOENT)
		return fail_missing("no %s with id %u (ENOENT)", kinds[kind].name, id);
	if (fd != -EPERM)
		return fail(fd, "open %s %u", kinds[kind].name, id);
	fail_plain(fd, "opening a %s by id needs CAP_SYS_ADMIN (EPERM)", kinds[kind].name);
	return fail_hint("try: sudo xh …, or name its pinned path");
}

int obj_kind_of_inode(const char *target)
{
	/* So the kernel calls links that are opened by id or path, not those just made. */
	if (!strcmp(target, "anon_inode:bpf-link"))
		return OBJ_LINK;
	for (int kind = 0; kind < OBJ_KINDS; kind++) {
		if (!strcmp(target, kinds[kind].inode))
			return kind;
	}
	return -EINVAL;
}

/* What an open fd is: its kind, or a negative errno. */
static int kind_of_fd(int fd)
{
	char path[32], target[64];
	ssize_t len;

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	len = readlink(path, target, sizeof(target) - 1);
	if (len < 0)
		return -errno;
	target[len] = '\0';
	return obj_kind_of_inode(target);
}

/* The id stands at another place in each kind's info. */
static int read_id(struct obj *obj)
{
	char info[256] = { 0 };
	uint32_t size = sizeof(info);
	int err = sys_obj_info(obj->fd, info, &size);

	if (!err)
		memcpy(&obj->id, info + kinds[obj->kind].id_offset, sizeof(obj->id));
	return err;
}

/* The kernel answers EACCES for whatever is not a BPF object: find out what is there. */
static int fail_path(int err, const char *path)
{
	struct stat st;

	if (err == -ENOENT || err == -ENOTDIR)
		return fail_missing("nothing is pinned at %s (%s)", path, err_name(err));
	if (!stat(path, &st) && S_ISDIR(st.st_mode))
		return fail_plain(err, "%s is a directory, not a pinned object", path);
	if (err == -EACCES && !access(path, R_OK | W_OK))
		return fail_plain(err, "%s is no pinned BPF object", path);
	if (err != -EACCES && err != -EPERM)
		return fail(err, "open the object pinned at %s", path);
	fail(err, "open the object pinned at %s", path);
	return fail_hint("its owner or root may: try sudo");
}

int obj_open_path(const char *path, struct obj *obj)
{
	int kind, err;

	*obj = OBJ_CLOSED;
	if (strlen(path) >= PATH_MAX)
		return fail_plain(-ENAMETOOLONG, "the path is longer than %d bytes", PATH_MAX - 1);
	obj->fd = sys_obj_get(path);
	if (obj->fd < 0)
		return fail_path(obj->fd, path);
	kind = kind_of_fd(obj->fd);
	if (kind >= 0) {
		obj->kind = (enum obj_kind)kind;
		err = read_id(obj);
		if (!err)
			return 0;
	} else {
		err = kind;
	}
	obj_close(obj);
	return fail(err, "find out what is pinned at %s", path);
}
