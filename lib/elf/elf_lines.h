/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What .BTF.ext knows of the instructions of an object file: source lines, functions, CO-RE. */
#ifndef XH_ELF_ELF_LINES_H
#define XH_ELF_ELF_LINES_H

#include "base/vec.h"
#include "elf/elf.h"
#include "rawbtf/rawbtf.h"

struct elf_line {
	uint64_t offset; /* bytes, in its section */
	const char *file;
	const char *text; /* the line itself */
	uint32_t number;  /* from 1; 0 for not known */
	uint32_t column;
};

struct elf_func_type {
	uint64_t offset;  /* bytes, in its section */
	uint32_t type_id; /* a BTF_KIND_FUNC of the file's .BTF */
};

/* A number in an instruction that depends on the kernel's types, and is put right on loading. */
struct elf_core {
	uint64_t offset;    /* bytes, in its section */
	uint32_t type_id;   /* of the file's .BTF */
	uint32_t kind;      /* enum bpf_core_relo_kind */
	const char *access; /* "0:2:1": which element, member of it, member of that … */
};

/* What .BTF.ext says of one section, by offset. Zeroed memory is an empty one. */
struct elf_lines {
	struct elf_core_vec VEC(struct elf_core) cores;
	struct elf_line_vec VEC(struct elf_line) lines;
	struct elf_func_type_vec VEC(struct elf_func_type) funcs;
	struct rawbtf btf; /* holds the strings */
};

/*
 * Reads it for one section of a file that elf_read() took, which has to outlive `lines`; empty when
 * the file has no .BTF.ext. 0, or a negative errno with the failure recorded.
 */
int elf_lines(const struct elf *elf, const struct elf_section *section, struct elf_lines *lines);
void elf_lines_free(struct elf_lines *lines);
#define AUTO_ELF_LINES __attribute__((cleanup(elf_lines_free)))

/* The line that the instruction at `offset` belongs to: the nearest at or before it, or NULL. */
const struct elf_line *elf_lines_at(const struct elf_lines *lines, uint64_t offset);

/* What is put right in the instruction at `offset`, or NULL. */
const struct elf_core *elf_lines_core(const struct elf_lines *lines, uint64_t offset);

/* The type id of the function that begins at `offset`, or 0. */
uint32_t elf_lines_func(const struct elf_lines *lines, uint64_t offset);

#endif
