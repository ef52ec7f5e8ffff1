// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The pins of what `xh prog load` and `xh prog loadall` load. */
#include "prog/loadpins.h"

#include <errno.h>
#include <string.h>

#include "base/err.h"
#include "bpf/autoattach.h"
#include "bpf/bpffs.h"
#include "bpf/prepare.h"

/* A directory as it was written, without slashes at its end. */
static void add_directory(const char *directory, struct buf *path)
{
	size_t len = strlen(directory);

	while (len > 1 && directory[len - 1] == '/')
		len--;
	buf_add(path, directory, len);
}

static int add_prog_name(const char *directory, const struct objfile_prog *prog, struct buf *path)
{
	if (strchr(prog->name, '/') || strchr(prog->name, '.'))
		return fail_plain(-EINVAL, "program '%s' cannot be pinned by its name: give a PATH",
				  prog->name);
	add_directory(directory, path);
	buf_printf(path, "/%s", prog->name);
	return buf_err(path);
}

int loadpins_path(const struct loadpins *pins, const struct objfile_prog *prog, struct buf *path)
{
	const char *given = pins->args->path;

	if (!given || !pins->load->only)
		return add_prog_name(given ?: BPFFS_ROOT, prog, path);
	buf_addstr(path, given);
	return buf_err(path);
}

/* A dot becomes what libbpf makes of it, so "hello.bss" is hello_bss. */
static int map_path(const struct loadpins *pins, const struct objfile_map *map, struct buf *path)
{
	if (strchr(map->name, '/'))
		return fail_plain(-EINVAL, "map '%s' cannot be pinned by its name", map->name);
	add_directory(pins->args->pinmaps, path);
	buf_addch(path, '/');
	for (const char *c = map->name; *c; c++)
		buf_addch(path, *c == '.' ? '_' : *c);
	return buf_err(path);
}

static int check_directory(const struct loadpins *pins, const char *directory)
{
	struct buf path AUTO_BUF = BUF_EMPTY;

	add_directory(directory, &path);
	return buf_err(&path) ?: bpffs_check_directory(buf_str(&path), pins->set.nomount);
}

/* In a directory that is there: then it can hold something of that name. */
static int check(const struct loadpins *pins, const char *directory, const char *path)
{
	if (directory && access(directory, F_OK))
		return 0;
	return bpffs_check(path, pins->set.nomount);
}

static int check_progs(const struct loadpins *pins)
{
	const char *directory = pins->load->only ? NULL : pins->args->path;
	int err = directory ? check_directory(pins, directory) : 0;

	for (size_t i = 0; !err && i < pins->load->file->progs.n; i++) {
		const struct objfile_prog *prog = &pins->load->file->progs.v[i];
		struct buf path AUTO_BUF = BUF_EMPTY;

		if (!load_wants(pins->load, prog))
			continue;
		err = loadpins_path(pins, prog, &path) ?: check(pins, directory, buf_str(&path));
	}
	return err;
}

static int check_maps(const struct loadpins *pins)
{
	const char *directory = pins->args->pinmaps;
	int err = check_directory(pins, directory);

	for (size_t i = 0; !err && i < pins->load->file->maps.n; i++) {
		const struct objfile_map *map = &pins->load->file->maps.v[i];
		struct buf path AUTO_BUF = BUF_EMPTY;

		if (!map->pin_path)
			err = map_path(pins, map, &path) ?: check(pins, directory, buf_str(&path));
	}
	return err;
}

static int make_directory(struct loadpins *pins, const char *directory)
{
	struct buf path AUTO_BUF = BUF_EMPTY;

	add_directory(directory, &path);
	return buf_err(&path) ?: pinset_directory(&pins->set, buf_str(&path));
}

/* The name of the map comes from the file, and is in the path. */
static int begin_wanted(struct loadpins *pins, struct objfile_map *map)
{
	const struct objfile *file = pins->load->file;
	int err;

	if (strchr(map->name, '/') || strchr(map->name, '.'))
		return fail_plain(-EINVAL, "%s: map '%s' cannot be pinned by its name",
				  file->elf.name, map->name);
	err = bpffs_mount(map->pin_path, pins->set.nomount) ?: prepare_pinned(file, map);
	if (err || map->taken)
		return err;
	err = bpffs_check(map->pin_path, pins->set.nomount);
	pins->overtaken |= err == -EEXIST;
	return err;
}

static int begin_maps(struct loadpins *pins)
{
	struct objfile *file = pins->load->file;
	int err = 0;

	for (size_t i = 0; !err && i < file->maps.n; i++) {
		if (file->maps.v[i].pin_path)
			err = begin_wanted(pins, &file->maps.v[i]);
	}
	return err;
}

int loadpins_begin(struct loadpins *pins)
{
	const char *pinmaps = pins->args->pinmaps;
	int err = check_progs(pins);

	/* The maps' directory may be below that of the programs. */
	if (!err && !pins->load->only)
		err = make_directory(pins, pins->args->path);
	if (!err && pinmaps)
		err = check_maps(pins);
	if (!err && pinmaps && pins->load->file->maps.n)
		err = make_directory(pins, pinmaps);
	return err ?: begin_maps(pins);
}

static int pin_map(struct loadpins *pins, const struct objfile_map *map)
{
	struct buf path AUTO_BUF = BUF_EMPTY;
	int err;

	if (map->pin_path) {
		err = pinset_pin(&pins->set, objfile_map_fd(map), map->pin_path);
		pins->overtaken |= err == -EEXIST;
		return err;
	}
	if (!pins->args->pinmaps)
		return 0;
	err = map_path(pins, map, &path);
	return err ?: pinset_pin(&pins->set, objfile_map_fd(map), buf_str(&path));
}

static int pin_maps(struct loadpins *pins)
{
	int err = 0;

	for (size_t i = 0; !err && i < pins->load->file->maps.n; i++) {
		const struct objfile_map *map = &pins->load->file->maps.v[i];

		if (!map->taken && objfile_map_fd(map) >= 0)
			err = pin_map(pins, map);
	}
	return err;
}

static int pin_prog(struct loadpins *pins, const struct objfile_prog *prog)
{
	struct buf path AUTO_BUF = BUF_EMPTY;
	auto_fd int link = -1;
	int err = loadpins_path(pins, prog, &path);

	if (err)
		return err;
	if (!pins->args->autoattach)
		return pinset_pin(&pins->set, objfile_prog_fd(prog), buf_str(&path));
	link = autoattach_link(pins->load->file, prog);
	return link < 0 ? link : pinset_pin(&pins->set, link, buf_str(&path));
}

int loadpins_make(struct loadpins *pins)
{
	int err = pin_maps(pins);

	for (size_t i = 0; !err && i < pins->load->file->progs.n; i++) {
		const struct objfile_prog *prog = &pins->load->file->progs.v[i];

		if (load_wants(pins->load, prog))
			err = pin_prog(pins, prog);
	}
	return err;
}
