// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What .BTF.ext knows of the instructions of an object file: source lines, functions, CO-RE. */
#include "elf/elf_lines.h"

#include <errno.h>
#include <linux/bpf.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "rawbtf/btfext.h"

void elf_lines_free(struct elf_lines *lines)
{
	vec_free(&lines->lines);
	vec_free(&lines->funcs);
	vec_free(&lines->cores);
	rawbtf_close(&lines->btf);
}

static int compare_lines(const void *left, const void *right)
{
	const struct elf_line *a = left;
	const struct elf_line *b = right;

	return a->offset < b->offset ? -1 : a->offset > b->offset;
}

static int compare_funcs(const void *left, const void *right)
{
	const struct elf_func_type *a = left;
	const struct elf_func_type *b = right;

	return a->offset < b->offset ? -1 : a->offset > b->offset;
}

static int compare_cores(const void *left, const void *right)
{
	const struct elf_core *a = left;
	const struct elf_core *b = right;

	return a->offset < b->offset ? -1 : a->offset > b->offset;
}

/* The next record that is about the section, or NULL. */
static const void *next_of(struct btfext_walk *walk, const struct rawbtf *btf, const char *section)
{
	const void *record;

	while ((record = btfext_next(walk))) {
		if (!strcmp(rawbtf_string(btf, walk->section_name), section))
			return record;
		btfext_skip(walk);
	}
	return NULL;
}

static int read_lines(const struct btfext *ext, const char *section, struct elf_lines *lines)
{
	struct btfext_walk walk = { .table = &ext->parts[BTFEXT_LINES] };
	const struct btfext_line *from;

	while ((from = next_of(&walk, &lines->btf, section))) {
		const struct elf_line line = {
			.offset = from->insn_off,
			.file = rawbtf_string(&lines->btf, from->file_name_off),
			.text = rawbtf_string(&lines->btf, from->line_off),
			.number = BPF_LINE_INFO_LINE_NUM(from->line_col),
			.column = BPF_LINE_INFO_LINE_COL(from->line_col),
		};

		if (vec_push(&lines->lines, line))
			return fail(-ENOMEM, "read the source lines of '%s'", section);
	}
	if (lines->lines.n)
		qsort(lines->lines.v, lines->lines.n, sizeof(*lines->lines.v), compare_lines);
	return 0;
}

static int read_funcs(const struct btfext *ext, const char *section, struct elf_lines *lines)
{
	struct btfext_walk walk = { .table = &ext->parts[BTFEXT_FUNCS] };
	const struct btfext_func *from;

	while ((from = next_of(&walk, &lines->btf, section))) {
		if (vec_push(&lines->funcs, { from->insn_off, from->type_id }))
			return fail(-ENOMEM, "read the functions of '%s'", section);
	}
	if (lines->funcs.n)
		qsort(lines->funcs.v, lines->funcs.n, sizeof(*lines->funcs.v), compare_funcs);
	return 0;
}

static int read_cores(const struct btfext *ext, const char *section, struct elf_lines *lines)
{
	struct btfext_walk walk = { .table = &ext->parts[BTFEXT_RELOS] };
	const struct btfext_relo *from;

	while ((from = next_of(&walk, &lines->btf, section))) {
		const struct elf_core core = {
			.offset = from->insn_off,
			.type_id = from->type_id,
			.kind = from->kind,
			.access = rawbtf_string(&lines->btf, from->access_str_off),
		};

		if (vec_push(&lines->cores, core))
			return fail(-ENOMEM, "read the CO-RE relocations of '%s'", section);
	}
	if (lines->cores.n)
		qsort(lines->cores.v, lines->cores.n, sizeof(*lines->cores.v), compare_cores);
	return 0;
}

int elf_lines(const struct elf *elf, const struct elf_section *section, struct elf_lines *lines)
{
	const struct elf_section *btf = elf_section(elf, ".BTF");
	const struct elf_section *from = elf_section(elf, ".BTF.ext");
	struct btfext ext AUTO_BTFEXT = { 0 };
	int err;

	if (!btf || !from)
		return 0;
	err = rawbtf_open(btf->data, btf->size, &lines->btf);
	if (!err)
		err = btfext_open(from->data, from->size, &ext);
	if (!err)
		err = read_lines(&ext, section->name, lines);
	if (!err)
		err = read_funcs(&ext, section->name, lines);
	return err ? err : read_cores(&ext, section->name, lines);
}

const struct elf_line *elf_lines_at(const struct elf_lines *lines, uint64_t offset)
{
	const struct elf_line *at = NULL;

	vec_each (line, &lines->lines) {
		if (line->offset > offset)
			break;
		at = line;
	}
	return at;
}

const struct elf_core *elf_lines_core(const struct elf_lines *lines, uint64_t offset)
{
	const struct elf_core key = { .offset = offset };

	return lines->cores.n
		       ? bsearch(&key, lines->cores.v, lines->cores.n, sizeof(key), compare_cores)
		       : NULL;
}

uint32_t elf_lines_func(const struct elf_lines *lines, uint64_t offset)
{
	const struct elf_func_type key = { .offset = offset };
	const struct elf_func_type *func = NULL;

	if (lines->funcs.n)
		func = bsearch(&key, lines->funcs.v, lines->funcs.n, sizeof(key), compare_funcs);
	return func ? func->type_id : 0;
}
