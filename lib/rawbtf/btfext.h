/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The .BTF.ext section of an object file: its functions, source lines and CO-RE relocations. */
#ifndef XH_RAWBTF_BTFEXT_H
#define XH_RAWBTF_BTFEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum btfext_part {
	BTFEXT_FUNCS,
	BTFEXT_LINES,
	BTFEXT_RELOS,
	BTFEXT_PARTS,
};

/*
 * The layout of records, of which newer compilers may append to (Documentation/bpf/btf.rst).
 * Offsets of instructions are bytes from the start of their section.
 */
struct btfext_func {
	uint32_t insn_off;
	uint32_t type_id; /* a BTF_KIND_FUNC */
};

struct btfext_line {
	uint32_t insn_off;
	uint32_t file_name_off;
	uint32_t line_off; /* the text of the line */
	uint32_t line_col; /* line number << 10 | column */
};

struct btfext_relo {
	uint32_t insn_off;
	uint32_t type_id;
	uint32_t access_str_off;
	uint32_t kind; /* enum bpf_core_relo_kind */
};

/* One part: groups of records, each with the name of the section that they are about. */
struct btfext_table {
	const unsigned char *at;
	const unsigned char *end;
	uint32_t record_size; /* bytes */
	uint32_t groups;
};

/* Zeroed memory is an empty one. */
struct btfext {
	struct btfext_table parts[BTFEXT_PARTS];
	void *copy; /* of bytes that were not aligned */
};

/*
 * Finds the three tables in `data`, which is borrowed, and sees that each record ends within them;
 * what records say is not looked at: see check_btf_ext(). 0, or a negative errno with the failure
 * recorded.
 */
int btfext_open(const void *data, size_t size, struct btfext *ext);
void btfext_close(struct btfext *ext);
#define AUTO_BTFEXT __attribute__((cleanup(btfext_close)))

/* A walk over the records of one table; begin with the zeroed rest of { .table = … }. */
struct btfext_walk {
	const struct btfext_table *table;
	const unsigned char *next;
	uint32_t left;         /* records of this group */
	uint32_t section_name; /* offset of a string in .BTF */
};

/* The next record, as the struct of its part, or NULL after the last. */
const void *btfext_next(struct btfext_walk *walk);

/* Leaves out what is left of the group. */
void btfext_skip(struct btfext_walk *walk);

#endif
