// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What libbpf (1.1 and later) takes for granted of an object file, so that it holds. */
#include <elf.h>
#include <errno.h>
#include <string.h>

#include "base/err.h"
#include "elf/elf_inner.h"
#include "rawbtf/check.h"

/* Sections that libbpf takes for what they are called, whatever their type. */
static const struct {
	const char *name;
	bool may_be_empty; /* of type SHT_NOBITS */
} special[] = {
	{ "license", false },  { "version", false }, { ".BTF", false },
	{ ".BTF.ext", false }, { ".maps", true },    { ".struct_ops", false },
};

#define SPECIAL_COUNT (sizeof(special) / sizeof(*special))

static int check_special(const struct elf *elf, const struct elf_section *section,
			 unsigned int seen[SPECIAL_COUNT])
{
	for (size_t i = 0; i < SPECIAL_COUNT; i++) {
		if (strcmp(section->name, special[i].name))
			continue;
		if (section->type != SHT_PROGBITS &&
		    !(special[i].may_be_empty && section->type == SHT_NOBITS))
			return fail_plain(-ENOEXEC,
					  "%s: damaged ELF file: section '%s' is of type %u",
					  elf->name, section->name, section->type);
		if (seen[i]++)
			return fail_plain(-ENOEXEC, "%s: has two sections '%s'", elf->name,
					  section->name);
	}
	return 0;
}

static int check_section(const struct elf *elf, const struct elf_section *section)
{
	/* The size of a map's value, as a signed number; and sums of two have to fit in 32 bits. */
	if (section->type == SHT_NOBITS && section->size > INT32_MAX)
		return fail_plain(-ENOEXEC, "%s: section '%s' has %llu bytes", elf->name,
				  section->name, (unsigned long long)section->size);
	if (!strcmp(section->name, "maps")) {
		fail_plain(-ENOTSUP, "%s: has its maps in SEC(\"maps\"), as before libbpf 1.0",
			   elf->name);
		return fail_hint("declare them in SEC(\".maps\"), with __uint(type, …)");
	}
	return 0;
}

static int check_sections(const struct elf *elf)
{
	unsigned int seen[SPECIAL_COUNT] = { 0 };
	const struct elf_section *first = &elf->sections[0];
	unsigned int texts = 0;
	int err = 0;

	if (first->type != SHT_NULL || first->flags || first->size || first->link)
		return fail_plain(-ENOEXEC, "%s: damaged ELF file: section 0 is not empty",
				  elf->name);
	for (uint32_t i = 1; !err && i < elf->section_count; i++) {
		const struct elf_section *section = &elf->sections[i];

		if (elf_is_code(section) && !strcmp(section->name, ".text") && texts++)
			return fail_plain(-ENOEXEC, "%s: has two sections '.text'", elf->name);
		err = check_special(elf, section, seen);
		if (!err)
			err = check_section(elf, section);
	}
	return err;
}

static int check_types(const struct elf *elf, struct check_counts *counts)
{
	const struct elf_section *btf = elf_section(elf, ".BTF");
	const struct elf_section *ext = elf_section(elf, ".BTF.ext");
	int err;

	if (!btf)
		return 0;
	err = check_btf(btf->data, btf->size, counts);
	if (!err && ext)
		err = check_btf_ext(ext->data, ext->size, btf->data, btf->size);
	return err ? fail_context(err, "%s", elf->name) : 0;
}

/* What libbpf, and xh itself, looks for one by one, and among how many. */
struct work {
	uint64_t code_sections;
	uint64_t data_sections;
	uint64_t externs;
	uint64_t globals; /* symbols of variables that are not static */
	uint64_t functions;
	uint64_t relocs;
};

#define COMPARISONS_MAX 1000000000 /* some seconds */

static struct work count_work(const struct elf *elf)
{
	struct work work = { 0 };

	for (uint32_t i = 1; i < elf->section_count; i++) {
		const struct elf_section *section = &elf->sections[i];

		work.code_sections += elf_is_code(section);
		work.data_sections += section->type == SHT_PROGBITS || section->type == SHT_NOBITS;
		if (section->type == SHT_REL && elf_is_code(&elf->sections[section->info]))
			work.relocs += section->size / sizeof(Elf64_Rel);
	}
	for (uint32_t i = 1; i < elf->symbol_count; i++) {
		const struct elf_symbol *symbol = &elf->symbols[i];

		work.externs += !symbol->section && !symbol->reserved;
		work.globals += symbol->type == STT_OBJECT && symbol->binding != STB_LOCAL;
		work.functions += symbol->type == STT_FUNC;
	}
	return work;
}

/* At most: a record is 16 bytes or more. They are sorted for each section with code. */
static uint64_t count_lines(const struct elf *elf)
{
	const struct elf_section *ext = elf_section(elf, ".BTF.ext");

	return ext ? ext->size / 16 : 0;
}

static int check_work(const struct elf *elf, const struct check_counts *btf)
{
	struct work work = count_work(elf);
	uint64_t comparisons =
		work.code_sections * elf->symbol_count + work.externs * (btf->types + btf->vars) +
		work.functions * btf->types + work.globals * btf->vars * 16 +
		work.data_sections * btf->types +
		work.relocs *
			(work.data_sections + btf->maps + work.externs + elf->symbol_count) +
		work.code_sections * count_lines(elf) * 16;

	if (comparisons <= COMPARISONS_MAX)
		return 0;
	return fail_plain(-E2BIG,
			  "%s: too large: %u sections, %u symbols, %u types, %llu relocations",
			  elf->name, elf->section_count, elf->symbol_count, btf->types,
			  (unsigned long long)work.relocs);
}

int elf_check(const struct elf *elf)
{
	struct check_counts btf = { 0 };
	int err = check_sections(elf);

	if (!err)
		err = elf_check_relocs(elf);
	if (!err)
		err = elf_check_functions(elf);
	if (!err)
		err = check_types(elf, &btf);
	return err ? err : check_work(elf, &btf);
}
