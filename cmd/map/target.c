// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The map that a verb is about: opened, with what is known of it and room for one element. */
#include "map/target.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "bpf/info.h"
#include "bpf/names.h"
#include "map/bytes.h"
#include "map/data.h"

static int make_room(struct target *target)
{
	const struct shape *shape = &target->entry.shape;

	target->value = calloc(1, shape->value_stride ?: 1);
	if (shape->key_size)
		target->key = calloc(1, shape->key_size);
	if (!target->value || (shape->key_size && !target->key))
		return fail(-ENOMEM, "open %s", target->label);
	return 0;
}

int target_open(struct target *target, const struct obj_ref *ref)
{
	int err = obj_open(ref, &target->map);

	if (err)
		return err;
	err = info_map(target->map.fd, &target->info);
	if (err)
		return fail(err, "read what the kernel knows of map %u", target->map.id);
	if (target->info.name[0])
		snprintf(target->label, sizeof(target->label), "map %.*s", BPF_OBJ_NAME_LEN,
			 target->info.name);
	else
		snprintf(target->label, sizeof(target->label), "map %u", target->map.id);
	return entry_open(&target->entry, &target->info) ?: make_room(target);
}

void target_close(struct target *target)
{
	entry_close(&target->entry);
	obj_close(&target->map);
	obj_close(&target->object);
	free(target->key);
	free(target->value);
}

/* As the maps of a program's global variables have: its key is all zero. */
static bool has_one_element(const struct target *target)
{
	return target->entry.shape.kinds->indexed && target->info.max_entries == 1;
}

int target_key(struct target *target, const struct data *data)
{
	const struct bytes bytes = {
		.what = "key",
		.map = target->label,
		.size = target->info.key_size,
		.prefix = target->info.type == BPF_MAP_TYPE_LPM_TRIE,
		.index = target->entry.shape.kinds->indexed,
		.plan = target->entry.key,
	};

	if (!target->key && data->form != DATA_NONE)
		return fail_plain(-EINVAL, "%s has no keys", target->label);
	if (!target->key || (data->form == DATA_NONE && has_one_element(target)))
		return 0;
	if (data->form == DATA_NONE)
		return fail_plain(-EINVAL, "'key DATA' is missing: %s has keys of %u byte%s",
				  target->label, target->info.key_size,
				  target->info.key_size == 1 ? "" : "s");
	return bytes_read(&bytes, data, target->key);
}

/* What a value of the map names, or OBJ_KINDS when values are bytes. */
static enum obj_kind value_kind(const struct target *target)
{
	if (target->entry.shape.kinds->of_maps)
		return OBJ_MAP;
	return target->info.type == BPF_MAP_TYPE_PROG_ARRAY ? OBJ_PROG : OBJ_KINDS;
}

static int fail_object(const struct target *target, enum obj_kind kind)
{
	fail_plain(-EINVAL, "%s holds %ss: its values are not bytes", target->label,
		   obj_kind_name(kind));
	return fail_hint("value { id ID | pinned PATH | name NAME%s }",
			 kind == OBJ_PROG ? " | tag TAG" : "");
}

/* User space hands out fds, and the kernel takes what they stand for. */
static int open_object(struct target *target, struct obj_ref ref, enum obj_kind kind)
{
	int err;

	if (ref.by == OBJ_BY_TAG && kind != OBJ_PROG)
		return fail_object(target, kind);
	ref.kind = kind;
	err = obj_open(&ref, &target->object);
	if (!err)
		memcpy(target->value, &target->object.fd, sizeof(target->object.fd));
	return err;
}

static int read_value(struct target *target, const struct data *data)
{
	const struct bytes bytes = {
		.what = "value",
		.map = target->label,
		.size = target->info.value_size,
		.plan = target->entry.value,
	};
	const struct shape *shape = &target->entry.shape;
	int err = bytes_read(&bytes, data, target->value);

	for (size_t i = 1; !err && i < shape->cpus.n; i++)
		memcpy(target->value + i * shape->cpu_stride, target->value, shape->value_size);
	return err;
}

int target_value(struct target *target, const struct data *data)
{
	enum obj_kind kind = value_kind(target);

	if (!target->info.value_size)
		return fail_plain(-EINVAL, "%s has no values", target->label);
	if (data->form == DATA_NONE)
		return fail_plain(-EINVAL, "'value %s' is missing: %s has values of %u byte%s",
				  kind == OBJ_MAP    ? "MAP"
				  : kind == OBJ_PROG ? "PROG"
						     : "DATA",
				  target->label, target->info.value_size,
				  target->info.value_size == 1 ? "" : "s");
	if (kind != OBJ_KINDS && data->form != DATA_OBJECT)
		return fail_object(target, kind);
	if (kind != OBJ_KINDS && target->info.value_size == sizeof(target->object.fd))
		return open_object(target, data->object, kind);
	if (data->form == DATA_OBJECT)
		return fail_plain(-EINVAL, "%s holds neither maps nor programs", target->label);
	return read_value(target, data);
}
