// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Which programs and maps have their types in which BTF object. */
#include "obj/btfusers.h"

#include "base/err.h"
#include "bpf/info.h"

static int add(struct btfusers *users, const struct btfuser *user)
{
	int err = user->key.id ? vec_push(users, *user) : 0;

	return err ? fail(err, "list who uses BTF objects") : 0;
}

/* Of a program whose device is gone the kernel tells the rest. */
static int add_prog(const struct obj *obj, void *users)
{
	struct bpf_prog_info info;
	int err = info_prog(obj->fd, &info);

	if (err && err != -ENODEV)
		return fail(err, "read what the kernel knows of program %u", obj->id);
	return add(users, &(struct btfuser){ { OBJ_PROG, info.btf_id }, obj->id });
}

static int add_map(const struct obj *obj, void *users)
{
	struct bpf_map_info info;
	int err = info_map(obj->fd, &info);

	if (err && err != -ENODEV)
		return fail(err, "read what the kernel knows of map %u", obj->id);
	return add(users, &(struct btfuser){ { OBJ_MAP, info.btf_id }, obj->id });
}

static int compare(const void *left, const void *right)
{
	const struct btfuser *a = left, *b = right;

	return obj_key_compare(&a->key, &b->key) ?: (a->id < b->id ? -1 : a->id > b->id);
}

int btfusers_read(struct btfusers *users)
{
	int err = obj_walk(OBJ_PROG, add_prog, users) ?: obj_walk(OBJ_MAP, add_map, users);

	if (!err && users->n)
		qsort(users->v, users->n, sizeof(*users->v), compare);
	return err;
}

const struct btfuser *btfusers_of(const struct btfusers *users, struct obj_key key, size_t *count)
{
	return obj_key_find(users->v, users->n, sizeof(*users->v), key, count);
}
