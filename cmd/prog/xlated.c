// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Names for what translated instructions call: subprograms, helpers, kernel functions. */
#include "prog/xlated.h"

#include <errno.h>

#include "base/buf.h"
#include "base/err.h"
#include "insn/insn.h"

/* Helpers are called by their distance from this symbol (kernel/bpf/core.c). */
#define CALL_BASE "__bpf_call_base"

static bool is_call(const struct bpf_insn *insn)
{
	return insn->code == (BPF_JMP | BPF_CALL);
}

static uint64_t call_address(const struct xlated *xlated, const struct bpf_insn *insn)
{
	return xlated->call_base + (uint64_t)(int64_t)insn->imm;
}

static bool name_function(void *ctx, const struct bpf_insn *insn, struct buf *text)
{
	const struct xlated *xlated = ctx;
	const char *name;
	uint64_t offset;

	if (insn->src_reg == BPF_PSEUDO_CALL)
		return insn->imm >= 0 && dump_symbol(xlated->dump, (uint32_t)insn->imm, text);
	if (!xlated->call_base)
		return false;
	name = ksyms_name(xlated->ksyms, call_address(xlated, insn), &offset);
	if (!name || offset)
		return false;
	buf_addstr(text, name);
	return true;
}

/* The slot after a wide load is data, whatever it looks like. */
static const struct bpf_insn *next_call(const struct bpf_insn *insn, const struct bpf_insn *end)
{
	for (; insn < end; insn += insn_is_wide(insn) ? 2 : 1) {
		if (is_call(insn) && insn->src_reg != BPF_PSEUDO_CALL &&
		    (insn->src_reg || !disasm_func_name(insn->imm)))
			return insn;
	}
	return NULL;
}

/* Addresses count from a symbol, so kallsyms is asked twice; it reads on where it stopped. */
static int read_symbols(struct xlated *xlated)
{
	const struct bpf_insn *end = xlated->disasm.insns + xlated->disasm.count;
	const struct bpf_insn *call = next_call(xlated->disasm.insns, end);
	int err;

	if (!call)
		return 0;
	xlated->ksyms = ksyms_new();
	if (!xlated->ksyms)
		return fail(-ENOMEM, "name what a program calls");
	err = ksyms_want_name(xlated->ksyms, CALL_BASE) ?: ksyms_read(xlated->ksyms);
	if (err)
		return err;
	xlated->call_base = ksyms_address(xlated->ksyms, CALL_BASE);
	if (!xlated->call_base)
		return 0;
	for (; call && !err; call = next_call(call + 1, end))
		err = ksyms_want_address(xlated->ksyms, call_address(xlated, call));
	return err ?: ksyms_read(xlated->ksyms);
}

int xlated_open(const struct dump *dump, struct xlated *xlated)
{
	*xlated = (struct xlated){
		.dump = dump,
		.disasm = {
			.insns = dump->detail->xlated,
			.count = dump->detail->xlated_count,
			.function = name_function,
			.ctx = xlated,
		},
	};
	return read_symbols(xlated);
}

void xlated_close(struct xlated *xlated)
{
	if (xlated->ksyms)
		ksyms_free(take_ptr(xlated->ksyms));
}

const struct bpf_line_info *xlated_line(const struct info_prog_detail *detail, uint32_t index)
{
	uint32_t low = 0, high = detail->line_count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (detail->lines[middle].insn_off <= index)
			low = middle + 1;
		else
			high = middle;
	}
	return low ? &detail->lines[low - 1] : NULL;
}

uint32_t xlated_func(const struct info_prog_detail *detail, uint32_t index)
{
	uint32_t func = 0;

	while (func < detail->func_count && detail->funcs[func].insn_off != index)
		func++;
	return func;
}
