// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Global variables of a BPF object file. */
#include "bpf/globals.h"

#include <bpf/btf.h>
#include <errno.h>
#include <string.h>

#include "base/err.h"
#include "base/text.h"

static bool is_data(const char *section)
{
	return text_starts(section, ".data") || text_starts(section, ".bss") ||
	       text_starts(section, ".rodata");
}

static int read_section(const struct objfile *file, const struct btf_type *datasec,
			struct globals *globals)
{
	const struct btf *btf = objfile_btf(file);
	const struct btf_var_secinfo *entry = btf_var_secinfos(datasec);
	const char *name = btf__name_by_offset(btf, datasec->name_off);
	const struct elf_section *section = elf_section(&file->elf, name);

	for (uint32_t i = 0; section && i < btf_vlen(datasec); i++, entry++) {
		const struct btf_type *var = btf__type_by_id(btf, entry->type);
		struct global global = {
			.name = btf__name_by_offset(btf, var->name_off),
			.section = name,
			.type_id = var->type,
			.offset = entry->offset,
			.size = entry->size,
			.is_static = btf_var(var)->linkage == BTF_VAR_STATIC,
		};

		if ((uint64_t)entry->offset + entry->size > section->size)
			continue;
		if (section->data)
			global.value = section->data + entry->offset;
		if (vec_push(globals, global))
			return fail(-ENOMEM, "list the variables of %s", file->elf.name);
	}
	return 0;
}

int globals_read(const struct objfile *file, struct globals *globals)
{
	const struct btf *btf = objfile_btf(file);
	uint32_t count = btf ? btf__type_cnt(btf) : 0;

	for (uint32_t id = 1; id < count; id++) {
		const struct btf_type *type = btf__type_by_id(btf, id);
		int err = 0;

		if (btf_is_datasec(type) && is_data(btf__name_by_offset(btf, type->name_off)))
			err = read_section(file, type, globals);
		if (err)
			return err;
	}
	return 0;
}
