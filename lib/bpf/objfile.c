// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* A BPF object file, opened by libbpf without the kernel: its programs, maps and global data. */
#include "bpf/objfile.h"

#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "bpf/sections.h"

static void free_map(struct objfile_map *map)
{
	free(map->name);
	free(map->pin_path);
}

void objfile_close(struct objfile *file)
{
	vec_free(&file->progs);
	vec_each (map, &file->maps)
		free_map(map);
	vec_free(&file->maps);
	bpf_object__close(file->handle);
	file->handle = NULL;
	messages_stop();
	messages_free(&file->messages);
	elf_free(&file->elf);
}

/* What libbpf and bpftool name the maps of global data by: "hello" of "dir/hello.bpf.o". */
static void object_name(const char *path, char name[64])
{
	const char *slash = strrchr(path, '/');
	const char *base = slash ? slash + 1 : path;

	snprintf(name, 64, "%.*s", (int)strcspn(base, "."), base);
}

static bool has_declared_maps(const struct elf *elf)
{
	return elf_section(elf, ".maps") && !elf_section(elf, ".BTF");
}

static int refused(const struct objfile *file, int err)
{
	char cause[512], name[128];

	err = messages_errno(err);
	if (has_declared_maps(&file->elf)) {
		fail_plain(err, "%s: declares maps, but has no BTF that describes them",
			   file->elf.name);
		return fail_hint("compile with -g");
	}
	if (messages_find(&file->messages, "failed to find BTF for extern '", "'", name)) {
		fail_plain(err, "%s: has no BTF for the extern %s", file->elf.name, name);
		return fail_hint("compile with -g, and declare it with __ksym or __kconfig");
	}
	messages_cause(&file->messages, cause, sizeof(cause));
	if (!*cause)
		return fail(err, "open %s", file->elf.name);
	return fail_plain(err, "%s: libbpf refuses it: %s", file->elf.name, cause);
}

static int list_progs(struct objfile *file)
{
	struct bpf_program *prog;

	bpf_object__for_each_program(prog, file->handle)
	{
		const struct objfile_prog item = {
			.name = bpf_program__name(prog),
			.section = bpf_program__section_name(prog),
			.type = bpf_program__type(prog),
			.attach_type = bpf_program__expected_attach_type(prog),
			.insn_count = (uint32_t)bpf_program__insn_cnt(prog),
			.optional = !bpf_program__autoload(prog),
			.handle = prog,
		};

		if (vec_push(&file->progs, item))
			return fail(-ENOMEM, "list the programs of %s", file->elf.name);
	}
	return 0;
}

/* libbpf would pin without telling which pins it made and which it found. */
static int move_pin(struct objfile_map *map)
{
	const char *path = bpf_map__pin_path(map->handle);

	if (!path)
		return 0;
	map->pin_path = strdup(path);
	return map->pin_path ? bpf_map__set_pin_path(map->handle, NULL) : -ENOMEM;
}

static int list_maps(struct objfile *file)
{
	struct bpf_map *map;

	bpf_object__for_each_map(map, file->handle)
	{
		struct objfile_map item = {
			.name = strdup(bpf_map__name(map)),
			.type = bpf_map__type(map),
			.key_size = bpf_map__key_size(map),
			.value_size = bpf_map__value_size(map),
			.max_entries = bpf_map__max_entries(map),
			.flags = bpf_map__map_flags(map),
			.extra = bpf_map__map_extra(map),
			.internal = bpf_map__is_internal(map),
			.handle = map,
		};

		item.initial = bpf_map__initial_value(map, &item.initial_size);
		if (item.name && !move_pin(&item) && !vec_push(&file->maps, item))
			continue;
		free_map(&item);
		return fail(-ENOMEM, "list the maps of %s", file->elf.name);
	}
	return 0;
}

static int open_handle(struct objfile *file, const struct objfile_source *source)
{
	char name[64];
	LIBBPF_OPTS(bpf_object_open_opts, opts, .object_name = name,
		    .pin_root_path = source->pin_root, .btf_custom_path = source->kernel_btf);
	int err;

	object_name(file->elf.name, name);
	file->handle = bpf_object__open_mem(file->elf.bytes, file->elf.size, &opts);
	if (!file->handle)
		return refused(file, -errno);
	err = list_progs(file);
	return err ? err : list_maps(file);
}

int objfile_open(const struct objfile_source *source, struct objfile *file)
{
	int err = source->bytes ? elf_parse(source->path, source->bytes, source->size, &file->elf)
				: elf_read(source->path, &file->elf);

	if (err)
		return err;
	file->messages.keep_all = source->all;
	messages_keep(&file->messages);
	err = sections_register();
	return err ? err : open_handle(file, source);
}

const struct btf *objfile_btf(const struct objfile *file)
{
	return bpf_object__btf(file->handle);
}

int objfile_prog_fd(const struct objfile_prog *prog)
{
	return bpf_program__fd(prog->handle);
}

int objfile_map_fd(const struct objfile_map *map)
{
	/* From 1.4 on, libbpf has an fd of no map for one that was not to be made. */
	return bpf_map__autocreate(map->handle) ? bpf_map__fd(map->handle) : -1;
}
