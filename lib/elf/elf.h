/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* BPF object files, read and checked here before libbpf, which believes them, sees them. */
#ifndef XH_ELF_ELF_H
#define XH_ELF_ELF_H

#include <linux/bpf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/vec.h"

/* The byte order of this machine, and so of every file that is taken. */
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define ELF_BYTE_ORDER "little-endian"
#else
#define ELF_BYTE_ORDER "big-endian"
#endif

struct elf_section {
	const char *name;
	uint32_t type;   /* SHT_* */
	uint64_t flags;  /* SHF_* */
	uint64_t offset; /* in the file */
	uint64_t size;
	uint64_t entry_size;
	uint32_t link;
	uint32_t info;
	const unsigned char *data; /* NULL when nothing of it is in the file (.bss) */
};

struct elf_symbol {
	const char *name;
	uint64_t value; /* offset in its section */
	uint64_t size;
	uint32_t section;      /* 0 when it is in none of this file */
	bool reserved;         /* SHN_ABS and the like: no section, and not missing either */
	unsigned char type;    /* STT_* */
	unsigned char binding; /* STB_* */
};

/* Zeroed memory is a closed one. All that is in it, and all names, live until elf_free(). */
struct elf {
	const char *name; /* for messages; borrowed */
	const unsigned char *bytes;
	size_t size;
	struct buf file; /* holds the bytes that elf_read() read */
	struct elf_section *sections;
	uint32_t section_count; /* [0] is an empty one */
	uint32_t symtab;        /* the section that the symbols are from */
	struct elf_symbol *symbols;
	uint32_t symbol_count; /* [0] is an empty one */
};

/*
 * Opens a BPF object file, or the bytes of one (borrowed), and checks all of it: after this,
 * offsets, indexes and names are in bounds, functions are whole instructions and do not overlap,
 * and .BTF and .BTF.ext passed check_btf(). That there is a program in it is not asked for.
 * 0, or a negative errno with the failure recorded ("x.o: truncated ELF file: …").
 */
int elf_read(const char *path, struct elf *elf);
int elf_parse(const char *name, const void *bytes, size_t size, struct elf *elf);
void elf_free(struct elf *elf);
#define AUTO_ELF __attribute__((cleanup(elf_free)))

/* The section of that name, or NULL. */
const struct elf_section *elf_section(const struct elf *elf, const char *name);

/* True for a section of instructions. */
bool elf_is_code(const struct elf_section *section);

struct elf_function {
	const char *name;
	uint32_t section;
	uint64_t offset; /* bytes, in its section */
	uint64_t size;   /* bytes */
	bool global;     /* not static */
};

struct elf_functions VEC(struct elf_function);

/* All functions by section and offset, to be freed with vec_free(); 0 or -ENOMEM, recorded. */
int elf_functions(const struct elf *elf, struct elf_functions *into);

/* The one that begins at `offset` of a section, in a list as above; NULL for none. */
const struct elf_function *elf_function_at(const struct elf_functions *functions, uint32_t section,
					   uint64_t offset);

struct elf_reloc {
	uint64_t offset; /* bytes, in the section that is to be changed */
	uint32_t type;   /* R_BPF_* */
	const struct elf_symbol *symbol;
	const char *name; /* the symbol's, or that of the section it stands for */
};

struct elf_relocs VEC(struct elf_reloc);

/* The relocations of section number `section` by offset, as above. */
int elf_relocs(const struct elf *elf, uint32_t section, struct elf_relocs *into);

/* What SEC("license") says, cut off as libbpf does; "" for nothing. */
#define ELF_LICENSE_SIZE 64
void elf_license(const struct elf *elf, char license[ELF_LICENSE_SIZE]);

/* What SEC("version") says, or 0. */
uint32_t elf_kernel_version(const struct elf *elf);

/* What made the file, as its debugging information names it ("clang version 14.0.6"), or NULL. */
const char *elf_compiler(const struct elf *elf);

#endif
