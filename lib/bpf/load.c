// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Loading programs of an object file into the kernel. */
#include "bpf/load.h"

#include <bpf/libbpf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/text.h"
#include "bpf/load_failure.h"
#include "bpf/sections.h"

/*
 * Room for the verifier's log. Only what it writes takes memory; since 6.4 it keeps the end of a
 * log that is longer, where the reason stands.
 */
#define LOG_SIZE ((size_t)16 << 20)

void load_free(struct load *load)
{
	free(load->log);
	load->log = NULL;
}

static bool is_loadable(const struct objfile *file, const struct objfile_prog *prog)
{
	/* libbpf takes code without a SEC() for functions that programs call. */
	return strcmp(prog->section, ".text") != 0 && (!prog->optional || file->progs.n == 1);
}

bool load_wants(const struct load *load, const struct objfile_prog *prog)
{
	return load->only ? prog == load->only : is_loadable(load->file, prog);
}

/* A file that has no program: says what it has instead. */
static int no_program(const struct objfile *file)
{
	struct elf_functions functions = { 0 };
	struct buf maps AUTO_BUF = BUF_EMPTY;
	int err = elf_functions(&file->elf, &functions);

	if (err)
		return err;
	vec_each (map, &file->maps)
		buf_printf(&maps, "%s %s", maps.len ? "," : ", maps:", map->name);
	if (functions.n) {
		fail_plain(-ENOENT, "%s: no program in it: %s() has no SEC(\"…\")", file->elf.name,
			   functions.v[0].name);
		fail_hint("SEC(\"xdp\") before it, for example, makes it an XDP program");
	} else {
		fail_plain(-ENOENT, "%s: no program in it, no function at all%s", file->elf.name,
			   buf_str(&maps));
		fail_hint("a program is a function with SEC(\"…\") before it");
	}
	vec_free(&functions);
	return -ENOENT;
}

/* "one (xdp), two (tc)"; how many. */
static size_t list_programs(const struct objfile *file, struct buf *list)
{
	size_t count = 0;

	vec_each (prog, &file->progs) {
		if (is_loadable(file, prog))
			buf_printf(list, "%s%s (%s)", count++ ? ", " : "", prog->name,
				   prog->section);
	}
	return count;
}

static int several_programs(const struct objfile *file)
{
	struct buf list AUTO_BUF = BUF_EMPTY;
	size_t count = list_programs(file, &list);

	fail_plain(-EINVAL, "%s: has %zu programs: %s", file->elf.name, count, buf_str(&list));
	return fail_hint("say which: prog NAME, or load all: xh prog loadall");
}

static int choose_named(struct load *load, const char *name)
{
	const struct objfile *file = load->file;
	struct buf list AUTO_BUF = BUF_EMPTY;
	const char *near = NULL;

	vec_each (prog, &file->progs) {
		if (!strcmp(prog->name, name)) {
			load->only = prog;
			return 0;
		}
		if (!near && text_near(name, prog->name))
			near = prog->name;
	}
	fail_plain(-EINVAL, "%s: has no program '%s'", file->elf.name, name);
	if (near)
		return fail_hint("did you mean '%s'?", near);
	return list_programs(file, &list) ? fail_hint("it has %s", buf_str(&list)) : -EINVAL;
}

int load_choose(struct load *load, const char *name)
{
	const struct objfile_prog *found = NULL;

	if (name)
		return choose_named(load, name);
	vec_each (prog, &load->file->progs) {
		if (!is_loadable(load->file, prog))
			continue;
		if (found)
			return several_programs(load->file);
		found = prog;
	}
	load->only = found;
	return found ? 0 : no_program(load->file);
}

static int unknown_section(const struct objfile *file, const struct objfile_prog *prog)
{
	const char *nearest = sections_nearest(prog->section);

	fail_plain(-EINVAL, "%s: SEC(\"%s\") of %s() is no known type of program", file->elf.name,
		   prog->section, prog->name);
	if (nearest)
		return fail_hint("did you mean SEC(\"%s\")? Or say which it is: type TYPE",
				 nearest);
	return fail_hint("say which it is: type TYPE");
}

static int check_progs(const struct load *load)
{
	size_t wanted = 0;

	vec_each (prog, &load->file->progs) {
		if (!load_wants(load, prog))
			continue;
		if (prog->type == BPF_PROG_TYPE_UNSPEC)
			return unknown_section(load->file, prog);
		wanted++;
	}
	return wanted ? 0 : no_program(load->file);
}

static bool wants_type(const struct load *load, uint32_t type)
{
	vec_each (prog, &load->file->progs) {
		if (prog->type == type && load_wants(load, prog))
			return true;
	}
	return false;
}

/*
 * They are nothing without their programs; and libbpf 1.1 looks them up in types of the kernel that
 * it reads for such a program alone: it crashes.
 */
static void leave_out_struct_ops(const struct objfile *file)
{
	vec_each (map, &file->maps) {
		if (map->type != BPF_MAP_TYPE_STRUCT_OPS)
			continue;
		bpf_map__set_type(map->handle, BPF_MAP_TYPE_ARRAY);
		bpf_map__set_autocreate(map->handle, false);
	}
}

static int prepare_progs(struct load *load)
{
	load->log = malloc(LOG_SIZE);
	if (!load->log)
		return fail(-ENOMEM, "load %s", load->file->elf.name);
	load->log[0] = '\0';
	if (!wants_type(load, BPF_PROG_TYPE_STRUCT_OPS))
		leave_out_struct_ops(load->file);
	vec_each (prog, &load->file->progs) {
		bpf_program__set_autoload(prog->handle, load_wants(load, prog));
		bpf_program__set_log_buf(prog->handle, load->log, LOG_SIZE);
		if (load->verbose)
			bpf_program__set_log_level(prog->handle, 1);
	}
	return 0;
}

int load_run(struct load *load)
{
	int err = check_progs(load);

	err = err ?: prepare_progs(load);
	if (err)
		return err;
	err = bpf_object__load(load->file->handle);
	load->log[LOG_SIZE - 1] = '\0';
	return err ? load_failure(load, err) : 0;
}
