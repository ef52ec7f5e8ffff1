// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Why the kernel or libbpf did not load a program. */
#include "bpf/load_failure.h"

#include <ctype.h>
#include <errno.h>
#include <linux/bpf.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "bpf/kernelnames.h"
#include "bpf/load_message.h"
#include "bpf/names.h"
#include "bpf/privilege.h"
#include "bpf/verifier.h"
#include "elf/elf_lines.h"

/* Where the instruction stands in the source, by the file's own lines: kernels before 6.9. */
static void find_line(const struct objfile *file, const struct objfile_prog *prog,
		      struct verifier_reason *reason)
{
	struct elf_functions functions = { 0 };
	struct elf_lines lines AUTO_ELF_LINES = { 0 };
	const struct elf_line *line = NULL;

	/* Behind it, libbpf appends the functions it calls, in an order of its own. */
	if (reason->line || reason->insn >= prog->insn_count ||
	    elf_functions(&file->elf, &functions))
		return;
	vec_each (function, &functions) {
		const struct elf_section *section = &file->elf.sections[function->section];

		if (strcmp(function->name, prog->name) || !strcmp(section->name, ".text"))
			continue;
		if (!elf_lines(&file->elf, section, &lines))
			line = elf_lines_at(&lines, function->offset + reason->insn * 8ull);
		break;
	}
	vec_free(&functions);
	if (!line)
		return;
	reason->line = line->number;
	snprintf(reason->file, sizeof(reason->file), "%s", line->file);
}

static int not_gpl(const struct load *load, const char *where, const char *called, int err)
{
	char license[ELF_LICENSE_SIZE];
	const char *what = *called ? called : "a function that it calls";

	elf_license(&load->file->elf, license);
	if (*license)
		fail_plain(err, "%s: %s is for GPL programs only, and the license of this is '%s'",
			   where, what, license);
	else
		fail_plain(err, "%s: %s is for GPL programs only, and this has no license", where,
			   what);
	return fail_hint("add: char LICENSE[] SEC(\"license\") = \"GPL\";");
}

/* "hello.bpf.c:13", or the program when the source is not known. */
static void name_place(const struct load *load, const struct objfile_prog *prog,
		       struct verifier_reason *reason, char where[256])
{
	const char *slash;

	find_line(load->file, prog, reason);
	slash = strrchr(reason->file, '/');
	if (reason->line)
		snprintf(where, 256, "%s:%u", slash ? slash + 1 : reason->file, reason->line);
	else
		snprintf(where, 256, "%s: %s()", load->file->elf.name, prog->name);
}

static int rejected(const struct load *load, const struct objfile_prog *prog, int err)
{
	struct verifier_reason reason;
	char where[256];
	const char *hint;

	verifier_read(load->log, &reason);
	name_place(load, prog, &reason, where);
	if (prog->type == BPF_PROG_TYPE_STRUCT_OPS && err == -ERR_ENOTSUPP) {
		fail_plain(err, "%s: %s() is no member of a struct_ops", load->file->elf.name,
			   prog->name);
		return fail_hint("it takes a struct in SEC(\".struct_ops\") that has it");
	}
	if (!reason.text[0])
		return fail(err, "%s: the verifier rejects it", where);
	if (strstr(reason.text, "GPL"))
		return not_gpl(load, where, reason.called, err);
	/* A few functions are kept from those who may not trace. */
	if ((strstr(reason.text, "of this type cannot use") ||
	     strstr(reason.text, "unknown func")) &&
	    !privilege_to_load(BPF_PROG_TYPE_KPROBE)) {
		fail_plain(err, "%s: %s without CAP_PERFMON", where, reason.text);
		return fail_hint("try: sudo xh prog load …");
	}
	hint = verifier_hint(reason.text);
	fail_plain(err, "%s: %s", where, reason.text);
	return fail_hint("%s%s-d shows the verifier's whole log", hint ?: "", hint ? "; " : "");
}

static int not_permitted(const struct load *load, const struct objfile_prog *prog, int err)
{
	char scratch[NAMES_SCRATCH];
	const char *type = names_prog_type_or_number(prog->type, scratch);

	if (!privilege_to_load(prog->type)) {
		fail_plain(err, "%s: loading a program of type %s needs %s (%s)",
			   load->file->elf.name, type, privilege_needed(prog->type), err_name(err));
		return fail_hint("try: sudo xh prog load …");
	}
	fail_plain(err, "%s: this kernel forbids programs of type %s in SEC(\"%s\") (%s)",
		   load->file->elf.name, type, prog->section, err_name(err));
	return fail_hint("it is locked down (/sys/kernel/security/lockdown), or built without this "
			 "type of program");
}

/* Of a device the kernel says but an errno. */
static int device_failure(const struct load *load, const struct objfile_prog *prog, int err)
{
	fail(err, "%s: load %s() for %s", load->file->elf.name, prog->name, load->device);
	if (!load->metadata_only)
		return fail_hint("its driver may take no programs; xdpmeta_dev leaves them on "
				 "this machine");
	return prog->type == BPF_PROG_TYPE_XDP
		       ? err
		       : fail_hint("only XDP programs may ask for metadata");
}

/* EINVAL too is what the kernel says of what came after it. */
static bool is_newer(const struct objfile_prog *prog)
{
	return kernelnames_lack(KERNELNAMES_PROG, prog->type) ||
	       kernelnames_lack(KERNELNAMES_ATTACH, prog->attach_type);
}

static int newer_failure(const struct load *load, const struct objfile_prog *prog, int err)
{
	char scratch[NAMES_SCRATCH];

	return fail_plain(err, "%s: this kernel has no programs of type %s in SEC(\"%s\") (%s)",
			  load->file->elf.name, names_prog_type_or_number(prog->type, scratch),
			  prog->section, err_name(err));
}

/* All that the kernel says of a name that it does not take is EINVAL. The first 15 bytes count. */
static bool is_name(const char *name)
{
	for (size_t i = 0; name[i] && i < BPF_OBJ_NAME_LEN - 1; i++) {
		if (!isalnum((unsigned char)name[i]) && name[i] != '_' && name[i] != '.')
			return false;
	}
	return true;
}

static int name_failure(const struct load *load, const char *kind, const char *name, int err)
{
	fail_plain(err, "%s: the kernel takes no %s named '%s' (%s)", load->file->elf.name, kind,
		   name, err_name(err));
	return fail_hint("it wants letters, digits, '_' and '.' alone");
}

static int map_failure(const struct load *load, const struct objfile_map *map, int err)
{
	char scratch[NAMES_SCRATCH];

	if (err == -EINVAL && !is_name(map->name))
		return name_failure(load, "map", map->name, err);
	if (err == -EINVAL && kernelnames_lack(KERNELNAMES_MAP, map->type))
		return fail_plain(err, "%s: this kernel has no maps of type %s, as '%s' is (%s)",
				  load->file->elf.name,
				  names_map_type_or_number(map->type, scratch), map->name,
				  err_name(err));
	err = fail(err, "%s: create map '%s' (%s, key %uB, value %uB, max_entries %u)",
		   load->file->elf.name, map->name, names_map_type_or_number(map->type, scratch),
		   map->key_size, map->value_size, map->max_entries);
	return map->max_entries ? err : fail_hint("does it lack __uint(max_entries, …)?");
}

int load_failure(const struct load *load, int err)
{
	const struct objfile_prog *prog = load_message_prog(load);
	const struct objfile_map *map = load_message_map(load);
	bool tried = messages_tell(&load->file->messages, "': BPF program load failed: ");
	char cause[512];

	err = messages_errno(err);
	if (tried && load->log[0])
		return rejected(load, prog, err);
	if (load_message_known(load, err))
		return err;
	if (err == -EPERM && (!map || !privilege_to_load(prog->type)))
		return not_permitted(load, prog, err);
	if (load->device && err == -EINVAL && !(map && load->metadata_only))
		return device_failure(load, prog, err);
	if (map)
		return map_failure(load, map, err);
	if (tried && err == -EINVAL && !is_name(prog->name))
		return name_failure(load, "program", prog->name, err);
	if (tried && err == -EINVAL && is_newer(prog))
		return newer_failure(load, prog, err);
	messages_cause(&load->file->messages, cause, sizeof(cause));
	if (!*cause || tried)
		return fail(err, "%s: load %s()", load->file->elf.name, prog->name);
	return fail_plain(err, "%s: %s", load->file->elf.name, cause);
}
