// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Making of an opened object file what the command line wants of it, before it is loaded. */
#include "prog/loadprep.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"
#include "bpf/prepare.h"
#include "btf/plan.h"
#include "btf/scan.h"
#include "nl/dev.h"
#include "nl/nl.h"

static int no_map(const struct objfile *file, const struct loadargs_map *map)
{
	struct buf list AUTO_BUF = BUF_EMPTY;

	for (size_t i = 0; i < file->maps.n; i++)
		buf_printf(&list, "%s%zu %s", i ? ", " : "", i, file->maps.v[i].name);
	if (map->name)
		fail_plain(-EINVAL, "%s: has no map '%s'", file->elf.name, map->name);
	else
		fail_plain(-EINVAL, "%s: has no map with the index %u", file->elf.name, map->index);
	return file->maps.n ? fail_hint("it has %s", buf_str(&list)) : -EINVAL;
}

static int find_map(const struct objfile *file, const struct loadargs_map *map, size_t *index)
{
	for (*index = 0; *index < file->maps.n; ++*index) {
		if (map->name ? !strcmp(map->name, file->maps.v[*index].name)
			      : map->index == *index)
			return 0;
	}
	return no_map(file, map);
}

static int take_map(const struct loadargs_map *map, struct objfile *file, bool *taken)
{
	struct obj obj AUTO_OBJ = OBJ_CLOSED;
	char which[32];
	size_t index;
	int err = find_map(file, map, &index);

	if (err)
		return err;
	if (taken[index])
		return fail_plain(-EINVAL, "%s: two maps are given for '%s'", file->elf.name,
				  file->maps.v[index].name);
	taken[index] = true;
	err = obj_open(&map->ref, &obj);
	snprintf(which, sizeof(which), "(id %u)", obj.id);
	return err ?: prepare_map(file, &file->maps.v[index], obj.fd, which);
}

static int take_maps(const struct loadargs_maps *maps, struct objfile *file)
{
	auto_free bool *taken = calloc(file->maps.n + 1, sizeof(*taken));
	int err = taken ? 0 : fail(-ENOMEM, "prepare %s", file->elf.name);

	for (size_t i = 0; !err && i < maps->count; i++)
		err = take_map(&maps->v[i], file, taken);
	return err;
}

static int no_global(const struct objfile *file, const struct globals *globals, const char *name)
{
	const char *near = NULL;
	int err;

	vec_each (global, globals) {
		if (!near && text_near(name, global->name))
			near = global->name;
	}
	err = fail_plain(-EINVAL, "%s: has no global variable '%s'", file->elf.name, name);
	if (near)
		return fail_hint("did you mean '%s'?", near);
	return globals->n ? err : fail_hint("it has none; or it was compiled without -g");
}

static const struct global *find_global(const struct globals *globals, const char *name)
{
	vec_each (global, globals) {
		if (!strcmp(global->name, name))
			return global;
	}
	return NULL;
}

static int set_global(const char *word, const struct objfile *file, const struct globals *globals)
{
	const char *value = strchr(word, '=') + 1;
	auto_free char *name = strndup(word, (size_t)(value - word - 1));
	const struct global *global = name ? find_global(globals, name) : NULL;
	auto_free void *bytes = global ? malloc(global->size + 1) : NULL;
	int err;

	if (name && !global)
		return no_global(file, globals, name);
	if (!bytes)
		return fail(-ENOMEM, "prepare %s", file->elf.name);
	AUTO(plan)
	struct plan *plan =
		plan_new(objfile_btf(file), global->type_id, global->size, global->name);
	if (!plan)
		return -fail_last()->err;
	err = scan(plan, value, bytes);
	return err ?: prepare_global(file, global, bytes);
}

static int set_globals(const struct loadargs_globals *words, const struct objfile *file)
{
	struct globals globals = { 0 };
	int err = words->count ? globals_read(file, &globals) : 0;

	for (size_t i = 0; !err && i < words->count; i++)
		err = set_global(words->v[i], file, &globals);
	vec_free(&globals);
	return err;
}

static int set_device(const struct loadargs *args, struct objfile *file)
{
	const char *name = args->xdpmeta_dev ?: args->offload_dev;
	struct nl nl AUTO_NL = NL_NONE;
	struct nl_dev dev;
	int err;

	if (!name)
		return 0;
	if (args->xdpmeta_dev && args->offload_dev)
		return fail_plain(-EINVAL, "'offload_dev' and 'xdpmeta_dev' exclude each other");
	err = nl_open(&nl) ?: nl_dev_find(&nl, name, &dev);
	return err ?: prepare_device(file, dev.ifindex, args->xdpmeta_dev);
}

int loadprep_apply(const struct loadargs *args, struct objfile *file)
{
	int err = args->type ? prepare_type(file, args->type) : 0;

	return err ?: set_device(args, file) ?: take_maps(&args->maps, file) ?:
			set_globals(&args->globals, file);
}
