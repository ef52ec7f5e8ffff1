// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* One section of code of an object file: its instructions, and names for what they refer to. */
#include "object/code.h"

#include <elf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "insn/insn.h"

#define INSN_SIZE sizeof(struct bpf_insn)

const struct elf_reloc *code_reloc(const struct code *code, size_t index)
{
	size_t low = 0, high = code->relocs.n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (code->relocs.v[middle].offset < index * INSN_SIZE)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < code->relocs.n && code->relocs.v[low].offset == index * INSN_SIZE)
		return &code->relocs.v[low];
	return NULL;
}

static size_t index_of(const struct code *code, const struct bpf_insn *insn)
{
	return (size_t)(insn - code->insns);
}

/* Appends the function that begins at `offset` of a section; false for none. */
static bool add_function(const struct code *code, uint32_t section, int64_t offset,
			 struct buf *text)
{
	const struct elf_function *function = NULL;

	if (offset >= 0)
		function = elf_function_at(code->functions, section, (uint64_t)offset);
	if (function)
		buf_addstr(text, function->name);
	return function;
}

/* Appends the variable that `offset` of a section belongs to, in parentheses. */
static void add_variable(const struct elf *elf, uint32_t section, uint64_t offset, struct buf *text)
{
	for (uint32_t i = 1; i < elf->symbol_count; i++) {
		const struct elf_symbol *symbol = &elf->symbols[i];

		if (symbol->section != section || symbol->type != STT_OBJECT ||
		    offset < symbol->value || offset - symbol->value >= symbol->size)
			continue;
		buf_printf(text, " (%s", symbol->name);
		if (offset > symbol->value)
			buf_printf(text, "+%llu", (unsigned long long)(offset - symbol->value));
		buf_addch(text, ')');
		return;
	}
}

/* What stands in a 64-bit load before the loader puts an address or an fd there. */
static bool name_value(void *ctx, const struct bpf_insn *insn, struct buf *text)
{
	const struct code *code = ctx;
	const struct elf_reloc *reloc = code_reloc(code, index_of(code, insn));
	const struct elf_section *section;
	int64_t offset;

	if (!reloc)
		return false;
	section = &code->elf->sections[reloc->symbol->section];
	offset = (int64_t)reloc->symbol->value + insn->imm;
	if (!reloc->symbol->section) {
		buf_printf(text, "extern %s", reloc->name);
	} else if (!strcmp(section->name, ".maps")) {
		buf_printf(text, "map[%s]", reloc->name);
	} else if (elf_is_code(section)) {
		buf_addstr(text, "subprog[");
		if (!add_function(code, reloc->symbol->section, offset, text))
			buf_addstr(text, reloc->name);
		buf_addch(text, ']');
	} else {
		buf_printf(text, "map[%s][0]+%lld", section->name, (long long)offset);
		add_variable(code->elf, reloc->symbol->section, (uint64_t)offset, text);
	}
	return true;
}

/* A call names its function; without a relocation it is to the same section. */
static bool add_callee(const struct code *code, size_t index, struct buf *text)
{
	const struct elf_reloc *reloc = code_reloc(code, index);
	int64_t distance = ((int64_t)code->insns[index].imm + 1) * (int64_t)INSN_SIZE;

	if (!reloc)
		return add_function(code, code->section, (int64_t)(index * INSN_SIZE) + distance,
				    text);
	if (!reloc->symbol->section) {
		buf_addstr(text, reloc->name);
		return true;
	}
	return add_function(code, reloc->symbol->section, (int64_t)reloc->symbol->value + distance,
			    text);
}

size_t code_text(const struct code *code, size_t index, struct buf *text)
{
	const struct bpf_insn *insn = &code->insns[index];
	size_t before = text->len;

	if (insn->code == (BPF_JMP | BPF_CALL) && insn->src_reg == BPF_PSEUDO_CALL) {
		buf_printf(text, "(%02x) call ", insn->code);
		if (add_callee(code, index, text))
			return 1;
		text->len = before;
	}
	return disasm_insn(&code->disasm, index, text);
}

void code_close(struct code *code)
{
	free(code->insns);
	vec_free(&code->relocs);
	elf_lines_free(&code->lines);
}

int code_open(const struct elf *elf, const struct elf_functions *functions, uint32_t section,
	      struct code *code)
{
	const struct elf_section *from = &elf->sections[section];
	size_t count = from->size / INSN_SIZE;
	int err;

	*code = (struct code){ .elf = elf, .functions = functions, .section = section };
	code->insns = calloc(count + 1, INSN_SIZE);
	if (!code->insns)
		return fail(-ENOMEM, "read '%s' of %s", from->name, elf->name);
	memcpy(code->insns, from->data, count * INSN_SIZE);
	code->disasm = (struct disasm){
		.insns = code->insns,
		.count = count,
		.ctx = code,
		.value = name_value,
	};
	err = elf_relocs(elf, section, &code->relocs);
	return err ?: elf_lines(elf, from, &code->lines);
}
