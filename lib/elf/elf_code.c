// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Functions and relocations of an object file: found, and checked for libbpf's sake. */
#include <elf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "elf/elf_inner.h"
#include "insn/insn.h"

#define INSN_SIZE sizeof(struct bpf_insn)

/* libbpf goes from function to function by recursion; the kernel takes 256 a program. */
#define FUNCTIONS_MAX 4096

bool elf_is_code(const struct elf_section *section)
{
	return section->type == SHT_PROGBITS && section->flags & SHF_EXECINSTR && section->size;
}

static int compare_functions(const void *left, const void *right)
{
	const struct elf_function *a = left;
	const struct elf_function *b = right;

	if (a->section != b->section)
		return a->section < b->section ? -1 : 1;
	return a->offset < b->offset ? -1 : a->offset > b->offset;
}

int elf_functions(const struct elf *elf, struct elf_functions *into)
{
	for (uint32_t i = 1; i < elf->symbol_count; i++) {
		const struct elf_symbol *symbol = &elf->symbols[i];

		if (symbol->type != STT_FUNC || !elf_is_code(&elf->sections[symbol->section]))
			continue;
		if (vec_push(into, { .name = symbol->name,
				     .section = symbol->section,
				     .offset = symbol->value,
				     .size = symbol->size,
				     .global = symbol->binding != STB_LOCAL }))
			return fail(-ENOMEM, "list the functions of %s", elf->name);
	}
	if (into->n)
		qsort(into->v, into->n, sizeof(*into->v), compare_functions);
	return 0;
}

const struct elf_function *elf_function_at(const struct elf_functions *functions, uint32_t section,
					   uint64_t offset)
{
	const struct elf_function key = { .section = section, .offset = offset };

	if (!functions->n)
		return NULL;
	return bsearch(&key, functions->v, functions->n, sizeof(key), compare_functions);
}

static int check_function(const struct elf *elf, const struct elf_function *function)
{
	const struct elf_section *section = &elf->sections[function->section];
	struct bpf_insn last;

	if (!function->size || function->size % INSN_SIZE || function->offset % INSN_SIZE)
		return fail_plain(-ENOEXEC,
				  "%s: damaged ELF file: %s() has %llu bytes at %llu of '%s'",
				  elf->name, function->name, (unsigned long long)function->size,
				  (unsigned long long)function->offset, section->name);
	memcpy(&last, section->data + function->offset + function->size - INSN_SIZE, INSN_SIZE);
	if (insn_is_wide(&last))
		return fail_plain(-ENOEXEC, "%s: damaged ELF file: %s() ends inside an instruction",
				  elf->name, function->name);
	if (!function->global && strcmp(section->name, ".text")) {
		fail_plain(-ENOTSUP, "%s: program %s() in SEC(\"%s\") is static", elf->name,
			   function->name, section->name);
		return fail_hint("take away 'static', or SEC(\"%s\") if it is no program",
				 section->name);
	}
	return 0;
}

/* libbpf copies each function apart: overlapping ones could take any amount of memory. */
static int check_overlap(const struct elf *elf, const struct elf_function *function,
			 const struct elf_function *next)
{
	if (function->section != next->section || next->offset - function->offset >= function->size)
		return 0;
	return fail_plain(-ENOEXEC, "%s: functions %s() and %s() overlap in '%s'", elf->name,
			  function->name, next->name, elf->sections[next->section].name);
}

int elf_check_functions(const struct elf *elf)
{
	struct elf_functions functions = { 0 };
	int err = elf_functions(elf, &functions);

	if (functions.n > FUNCTIONS_MAX)
		err = fail_plain(-E2BIG, "%s: has %zu functions, of at most %u", elf->name,
				 functions.n, FUNCTIONS_MAX);
	for (size_t i = 0; !err && i < functions.n; i++) {
		err = check_function(elf, &functions.v[i]);
		if (!err && i + 1 < functions.n)
			err = check_overlap(elf, &functions.v[i], &functions.v[i + 1]);
	}
	vec_free(&functions);
	return err;
}

static Elf64_Rel reloc_at(const struct elf_section *section, size_t index)
{
	Elf64_Rel reloc;

	memcpy(&reloc, section->data + index * sizeof(reloc), sizeof(reloc));
	return reloc;
}

static int compare_relocs(const void *left, const void *right)
{
	const struct elf_reloc *a = left;
	const struct elf_reloc *b = right;

	return a->offset < b->offset ? -1 : a->offset > b->offset;
}

int elf_relocs(const struct elf *elf, uint32_t section, struct elf_relocs *into)
{
	for (uint32_t i = 1; i < elf->section_count; i++) {
		const struct elf_section *table = &elf->sections[i];

		if (table->type != SHT_REL || table->info != section)
			continue;
		for (size_t k = 0; k < table->size / sizeof(Elf64_Rel); k++) {
			Elf64_Rel reloc = reloc_at(table, k);
			const struct elf_symbol *symbol = &elf->symbols[ELF64_R_SYM(reloc.r_info)];
			bool stands_for = symbol->type == STT_SECTION && !*symbol->name;

			if (vec_push(into,
				     { .offset = reloc.r_offset,
				       .type = (uint32_t)ELF64_R_TYPE(reloc.r_info),
				       .symbol = symbol,
				       .name = stands_for ? elf->sections[symbol->section].name
							  : symbol->name }))
				return fail(-ENOMEM, "list the relocations of %s", elf->name);
		}
	}
	if (into->n)
		qsort(into->v, into->n, sizeof(*into->v), compare_relocs);
	return 0;
}

static int check_reloc(const struct elf *elf, const struct elf_section *table, size_t index)
{
	const struct elf_section *target = &elf->sections[table->info];
	Elf64_Rel reloc = reloc_at(table, index);
	bool matters = elf_is_code(target) || !strcmp(target->name, ".maps") ||
		       !strcmp(target->name, ".struct_ops");
	uint64_t width = matters ? sizeof(uint64_t) : 1;

	if (ELF64_R_SYM(reloc.r_info) >= elf->symbol_count || target->size < width ||
	    reloc.r_offset > target->size - width ||
	    (elf_is_code(target) && reloc.r_offset % INSN_SIZE))
		return fail_plain(-ENOEXEC,
				  "%s: damaged ELF file: relocation %zu of '%s' at %llu, symbol "
				  "%llu",
				  elf->name, index, target->name,
				  (unsigned long long)reloc.r_offset,
				  (unsigned long long)ELF64_R_SYM(reloc.r_info));
	return 0;
}

int elf_check_relocs(const struct elf *elf)
{
	for (uint32_t i = 1; i < elf->section_count; i++) {
		const struct elf_section *table = &elf->sections[i];
		const struct elf_section *target;
		int err = 0;

		if (table->type != SHT_REL)
			continue;
		target = table->info < elf->section_count ? &elf->sections[table->info] : NULL;
		if (!target || (target->type != SHT_PROGBITS && target->type != SHT_NOBITS) ||
		    table->link != elf->symtab || table->entry_size != sizeof(Elf64_Rel) ||
		    table->size % sizeof(Elf64_Rel))
			return fail_plain(-ENOEXEC,
					  "%s: damaged ELF file: relocations '%s' for section %u",
					  elf->name, table->name, table->info);
		for (size_t k = 0; !err && k < table->size / sizeof(Elf64_Rel); k++)
			err = check_reloc(elf, table, k);
		if (err)
			return err;
	}
	return 0;
}
