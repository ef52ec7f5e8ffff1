// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What is changed in an object file between opening and loading it. */
#include "bpf/prepare.h"

#include <bpf/libbpf.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/err.h"
#include "bpf/mapdiffer.h"
#include "bpf/progtype.h"
#include "bpf/sys.h"
#include "bpf/uapi.h"

static int set_type(struct objfile_prog *prog, const struct progtype *type)
{
	int err = 0;

	if (prog->type != type->number || type->is_section) {
		err = bpf_program__set_type(prog->handle, type->number);
		err = err ?: bpf_program__set_expected_attach_type(prog->handle, type->attach_type);
		prog->attach_type = type->attach_type;
	}
	prog->type = type->number;
	return err;
}

int prepare_type(struct objfile *file, const char *word)
{
	struct progtype type;
	int err = progtype_read(word, &type);

	for (size_t i = 0; !err && i < file->progs.n; i++) {
		err = set_type(&file->progs.v[i], &type);
		if (err)
			fail(err, "make %s() of type %s", file->progs.v[i].name, word);
	}
	return err;
}

static int take(const struct objfile *file, const struct objfile_map *map, int fd,
		const char *which)
{
	int err = mapdiffer_check(file, map, fd, which);

	if (err)
		return err;
	err = bpf_map__reuse_fd(map->handle, fd);
	return err ? fail(err, "%s: take map '%s' %s", file->elf.name, map->name, which) : 0;
}

int prepare_map(const struct objfile *file, struct objfile_map *map, int fd, const char *which)
{
	int err = take(file, map, fd, which);

	if (!err) {
		free(map->pin_path);
		map->pin_path = NULL;
	}
	return err;
}

int prepare_pinned(const struct objfile *file, struct objfile_map *map)
{
	auto_fd int fd = sys_obj_get(map->pin_path);
	char which[PATH_MAX + 4];
	int err;

	if (fd == -ENOENT)
		return 0;
	if (fd < 0)
		return fail(fd, "%s: take map '%s' from %s", file->elf.name, map->name,
			    map->pin_path);
	snprintf(which, sizeof(which), "at %s", map->pin_path);
	err = take(file, map, fd, which);
	map->taken = !err;
	return err ? fail_hint("remove the pin, or change the object") : 0;
}

/* Events are for this machine, wherever the program that sends them runs. */
static int move_maps(const struct objfile *file, uint32_t ifindex)
{
	vec_each (map, &file->maps) {
		int err = 0;

		if (map->type != BPF_MAP_TYPE_PERF_EVENT_ARRAY)
			err = bpf_map__set_ifindex(map->handle, ifindex);
		if (err)
			return fail(err, "%s: offload map '%s'", file->elf.name, map->name);
	}
	return 0;
}

int prepare_device(struct objfile *file, uint32_t ifindex, bool metadata_only)
{
	vec_each (prog, &file->progs) {
		uint32_t flags = bpf_program__flags(prog->handle) | UAPI_XDP_DEV_BOUND_ONLY;
		int err = metadata_only ? bpf_program__set_flags(prog->handle, flags) : 0;

		if (err)
			return fail(err, "%s: bind %s() to a device", file->elf.name, prog->name);
		bpf_program__set_ifindex(prog->handle, ifindex);
	}
	return metadata_only ? 0 : move_maps(file, ifindex);
}

/* libbpf names the map of a data section by the section, most often with something before it. */
static const struct objfile_map *map_of_section(const struct objfile *file, const char *section)
{
	vec_each (map, &file->maps) {
		size_t len = strlen(map->name), wanted = strlen(section);

		if (map->initial && len >= wanted && !strcmp(map->name + len - wanted, section))
			return map;
	}
	return NULL;
}

int prepare_global(const struct objfile *file, const struct global *global, const void *bytes)
{
	const struct objfile_map *map = map_of_section(file, global->section);
	auto_free char *whole = map ? malloc(map->initial_size) : NULL;
	int err = !map ? -ENOENT : whole ? 0 : -ENOMEM;

	if (!err && (size_t)global->offset + global->size > map->initial_size)
		err = -ERANGE;
	if (!err) {
		memcpy(whole, map->initial, map->initial_size);
		memcpy(whole + global->offset, bytes, global->size);
		err = bpf_map__set_initial_value(map->handle, whole, map->initial_size);
	}
	return err ? fail(err, "%s: set %s of %s", file->elf.name, global->name, global->section)
		   : 0;
}
