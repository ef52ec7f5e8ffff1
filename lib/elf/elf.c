// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* BPF object files: the bytes, their sections and their symbols. */
#include "elf/elf.h"

#include <elf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/err.h"
#include "base/file.h"
#include "elf/elf_inner.h"

/* Far beyond what the verifier takes, which is 1,000,000 instructions of 8 bytes a program. */
#define FILE_SIZE_MAX ((size_t)128 << 20)

/* libbpf looks for sections by name one by one. */
#define SECTIONS_MAX 4096

void elf_free(struct elf *elf)
{
	free(elf->sections);
	free(elf->symbols);
	buf_free(&elf->file);
	*elf = (struct elf){ 0 };
}

/* The string at `offset` of a string table that ends with a NUL, or NULL. */
static const char *string_at(const struct elf_section *table, uint64_t offset)
{
	return offset < table->size ? (const char *)table->data + offset : NULL;
}

static bool is_string_table(const struct elf *elf, uint32_t number)
{
	const struct elf_section *table =
		number < elf->section_count ? &elf->sections[number] : NULL;

	return table && table->type == SHT_STRTAB && table->size && !table->data[table->size - 1];
}

static int read_section(struct elf *elf, uint32_t number, const Elf64_Shdr *header)
{
	struct elf_section *section = &elf->sections[number];

	*section = (struct elf_section){
		.name = "",
		.type = header->sh_type,
		.flags = header->sh_flags,
		.offset = header->sh_offset,
		.size = header->sh_size,
		.entry_size = header->sh_entsize,
		.link = header->sh_link,
		.info = header->sh_info,
	};
	if (section->type == SHT_NULL || section->type == SHT_NOBITS)
		return 0;
	if (section->offset > elf->size || section->size > elf->size - section->offset)
		return fail_plain(-ENOEXEC,
				  "%s: truncated ELF file: section %u at %llu, %llu bytes, file "
				  "has %zu bytes",
				  elf->name, number, (unsigned long long)section->offset,
				  (unsigned long long)section->size, elf->size);
	section->data = elf->bytes + section->offset;
	return 0;
}

static int name_sections(struct elf *elf, const Elf64_Ehdr *header, const uint32_t *names)
{
	if (!is_string_table(elf, header->e_shstrndx))
		return fail_plain(-ENOEXEC, "%s: damaged ELF file: section names in section %u",
				  elf->name, header->e_shstrndx);
	for (uint32_t i = 0; i < elf->section_count; i++) {
		const char *name = string_at(&elf->sections[header->e_shstrndx], names[i]);

		if (!name)
			return fail_plain(-ENOEXEC,
					  "%s: damaged ELF file: name of section %u at %u",
					  elf->name, i, names[i]);
		elf->sections[i].name = name;
	}
	return 0;
}

static int check_section_table(const struct elf *elf, const Elf64_Ehdr *header)
{
	uint64_t end = header->e_shoff + (uint64_t)header->e_shnum * sizeof(Elf64_Shdr);

	if (header->e_shoff > elf->size || end > elf->size)
		return fail_plain(-ENOEXEC,
				  "%s: truncated ELF file: section table at %llu, file has %zu "
				  "bytes",
				  elf->name, (unsigned long long)header->e_shoff, elf->size);
	if (header->e_shentsize != sizeof(Elf64_Shdr) || header->e_shnum < 2 ||
	    header->e_shnum > SECTIONS_MAX)
		return fail_plain(-ENOEXEC, "%s: damaged ELF file: %u sections of %u bytes",
				  elf->name, header->e_shnum, header->e_shentsize);
	return 0;
}

static int read_sections(struct elf *elf)
{
	auto_free uint32_t *names = NULL;
	Elf64_Ehdr header;
	int err;

	memcpy(&header, elf->bytes, sizeof(header));
	err = check_section_table(elf, &header);
	if (err)
		return err;
	names = calloc(header.e_shnum, sizeof(*names));
	elf->sections = calloc(header.e_shnum, sizeof(*elf->sections));
	if (!names || !elf->sections)
		return fail(-ENOMEM, "read %s", elf->name);
	elf->section_count = header.e_shnum;
	for (uint32_t i = 0; !err && i < elf->section_count; i++) {
		Elf64_Shdr section;

		memcpy(&section, elf->bytes + header.e_shoff + i * sizeof(section),
		       sizeof(section));
		names[i] = section.sh_name;
		err = read_section(elf, i, &section);
	}
	return err ? err : name_sections(elf, &header, names);
}

static int find_symtab(struct elf *elf)
{
	const struct elf_section *symtab;

	for (uint32_t i = 1; i < elf->section_count; i++) {
		if (elf->sections[i].type != SHT_SYMTAB)
			continue;
		if (elf->symtab)
			return fail_plain(-ENOEXEC, "%s: damaged ELF file: two symbol tables",
					  elf->name);
		elf->symtab = i;
	}
	if (!elf->symtab) {
		fail_plain(-ENOEXEC, "%s: has no symbol table, it was stripped", elf->name);
		return fail_hint("strip -g takes away no more than debugging information");
	}
	symtab = &elf->sections[elf->symtab];
	if (symtab->entry_size != sizeof(Elf64_Sym) || symtab->size % sizeof(Elf64_Sym) ||
	    !symtab->size || !is_string_table(elf, symtab->link))
		return fail_plain(-ENOEXEC, "%s: damaged ELF file: symbol table of %llu bytes",
				  elf->name, (unsigned long long)symtab->size);
	return 0;
}

static int read_symbol(struct elf *elf, uint32_t number, const Elf64_Sym *from)
{
	struct elf_symbol *symbol = &elf->symbols[number];
	const struct elf_section *section;

	*symbol = (struct elf_symbol){
		.name = string_at(&elf->sections[elf->sections[elf->symtab].link], from->st_name),
		.value = from->st_value,
		.size = from->st_size,
		.section = from->st_shndx >= SHN_LORESERVE ? 0 : from->st_shndx,
		.reserved = from->st_shndx >= SHN_LORESERVE,
		.type = ELF64_ST_TYPE(from->st_info),
		.binding = ELF64_ST_BIND(from->st_info),
	};
	if (!symbol->name || symbol->section >= elf->section_count)
		return fail_plain(-ENOEXEC,
				  "%s: damaged ELF file: symbol %u, name at %u, section %u",
				  elf->name, number, from->st_name, from->st_shndx);
	section = &elf->sections[symbol->section];
	/* libbpf adds to the value of any symbol in 32 bits. */
	if (!symbol->section
		    ? symbol->value > INT32_MAX
		    : symbol->value > section->size || symbol->size > section->size - symbol->value)
		return fail_plain(-ENOEXEC,
				  "%s: damaged ELF file: '%s' ends beyond its section '%s'",
				  elf->name, symbol->name, section->name);
	return 0;
}

static int read_symbols(struct elf *elf)
{
	const struct elf_section *symtab = &elf->sections[elf->symtab];
	int err = 0;

	elf->symbol_count = (uint32_t)(symtab->size / sizeof(Elf64_Sym));
	elf->symbols = calloc(elf->symbol_count, sizeof(*elf->symbols));
	if (!elf->symbols)
		return fail(-ENOMEM, "read %s", elf->name);
	for (uint32_t i = 0; !err && i < elf->symbol_count; i++) {
		Elf64_Sym symbol;

		memcpy(&symbol, symtab->data + i * sizeof(symbol), sizeof(symbol));
		err = read_symbol(elf, i, &symbol);
	}
	return err;
}

int elf_parse(const char *name, const void *bytes, size_t size, struct elf *elf)
{
	int err;

	elf->name = name;
	elf->bytes = bytes;
	elf->size = size;
	err = elf_check_header(name, bytes, size);
	if (!err)
		err = read_sections(elf);
	if (!err)
		err = find_symtab(elf);
	if (!err)
		err = read_symbols(elf);
	if (!err)
		err = elf_check(elf);
	if (err)
		elf_free(elf);
	return err;
}

int elf_read(const char *path, struct elf *elf)
{
	auto_fd int fd = file_open(path, "a BPF object file");
	int err;

	if (fd < 0)
		return fd;
	err = file_read_fd(fd, FILE_SIZE_MAX, &elf->file);
	if (!err)
		return elf_parse(path, buf_str(&elf->file), elf->file.len, elf);
	buf_free(&elf->file);
	return fail(err, "read %s", path);
}
