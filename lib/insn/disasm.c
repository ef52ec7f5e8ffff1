// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Puts instructions into words: their forms, with the names that the caller knows. */
#include "insn/disasm.h"

#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "insn/disasm_form.h"
#include "insn/insn.h"

/* More than the longest form takes, every field at its widest. */
#define FORM_MAX 96

static const char hex_digits[] = "0123456789abcdef";

static char *put_decimal(char *at, unsigned int value)
{
	char digits[10];
	size_t n = 0;

	for (; value >= 10; value /= 10)
		digits[n++] = (char)('0' + value % 10);
	*at++ = (char)('0' + value);
	while (n)
		*at++ = digits[--n];
	return at;
}

static char *put_signed(char *at, int value, const char *plus)
{
	if (value >= 0)
		return put_decimal(stpcpy(at, plus), (unsigned int)value);
	*at++ = '-';
	return put_decimal(at, 0U - (unsigned int)value);
}

static char *put_hex(char *at, uint64_t value)
{
	int shift = value ? (63 - __builtin_clzll(value)) & ~3 : 0;

	*at++ = '0';
	*at++ = 'x';
	for (; shift >= 0; shift -= 4)
		*at++ = hex_digits[value >> shift & 0xf];
	return at;
}

static char *put_code(char *at, __u8 code)
{
	*at++ = hex_digits[code >> 4];
	*at++ = hex_digits[code & 0xf];
	return at;
}

static char *put_register(char *at, __u8 class, unsigned int number)
{
	*at++ = class == BPF_ALU || class == BPF_JMP32 ? 'w' : 'r';
	return put_decimal(at, number);
}

static char *put_memory_type(char *at, __u8 code)
{
	static const char bits[4][3] = {
		[BPF_B >> 3] = "8",
		[BPF_H >> 3] = "16",
		[BPF_W >> 3] = "32",
		[BPF_DW >> 3] = "64",
	};

	*at++ = BPF_CLASS(code) == BPF_LDX && BPF_MODE(code) == BPF_MEMSX ? 's' : 'u';
	return stpcpy(at, bits[BPF_SIZE(code) >> 3]);
}

/*
 * In a program from a file imm is the distance to the called function, and off is 0. Loading moves
 * it to off, cut to 16 bits, where it is never 0: what follows a call belongs to the caller.
 */
static int call_distance(const struct bpf_insn *insn)
{
	return insn->off ?: insn->imm;
}

static uint64_t wide_value(const struct bpf_insn *insn)
{
	return (uint64_t)(__u32)insn[1].imm << 32 | (__u32)insn[0].imm;
}

static char *put_number(char *at, char mark, const struct bpf_insn *insn)
{
	switch (mark) {
	case 'o':
		return put_signed(at, insn->off, "+");
	case 'i':
		return put_signed(at, insn->imm, "");
	case 'j':
		return put_signed(at, insn->imm, "+");
	case 'x':
		return put_hex(at, (__u32)insn->imm);
	case 'h':
		return put_decimal(at, (__u32)insn->imm >> 16);
	case 'l':
		return put_decimal(at, (__u16)insn->imm);
	case 'p':
		return put_signed(at, call_distance(insn), "+");
	case 'n':
		return put_signed(at, insn[1].imm, "");
	case 'q':
		return put_hex(at, wide_value(insn));
	}
	return at;
}

static char *put_field(char *at, char mark, const struct bpf_insn *insn)
{
	switch (mark) {
	case 'c':
		return put_code(at, insn->code);
	case 'd':
		return put_decimal(at, insn->dst_reg);
	case 's':
		return put_decimal(at, insn->src_reg);
	case 'D':
		return put_register(at, BPF_CLASS(insn->code), insn->dst_reg);
	case 'S':
		return put_register(at, BPF_CLASS(insn->code), insn->src_reg);
	case 'm':
		return stpcpy(at, disasm_form_operator(insn));
	case 'k':
		return stpcpy(at, disasm_form_cast(insn));
	case 't':
		return put_memory_type(at, insn->code);
	case 'w':
		return stpcpy(at, BPF_SIZE(insn->code) == BPF_DW ? "64" : "");
	default:
		return put_number(at, mark, insn);
	}
}

static char *put_form(char *at, const char *form, const struct bpf_insn *insn)
{
	while (*form) {
		if (*form != '$') {
			*at++ = *form++;
			continue;
		}
		at = put_field(at, form[1], insn);
		form += 2;
	}
	return at;
}

static void add_form(struct buf *text, const char *form, const struct bpf_insn *insn)
{
	char *end;

	if (!buf_reserve(text, FORM_MAX))
		return;
	end = put_form(text->data + text->len, form, insn);
	*end = '\0';
	text->len = (size_t)(end - text->data);
}

static bool add_function(const struct disasm *disasm, const struct bpf_insn *insn, struct buf *text)
{
	return disasm->function && disasm->function(disasm->ctx, insn, text);
}

static void add_bpf_call(const struct disasm *disasm, const struct bpf_insn *insn, struct buf *text)
{
	size_t len_without_name;

	add_form(text, "($c) call pc$p", insn);
	len_without_name = text->len;
	buf_addch(text, '#');
	if (add_function(disasm, insn, text) || text->failed)
		return;
	text->len = len_without_name;
	text->data[text->len] = '\0';
}

static void add_kernel_call(const struct disasm *disasm, const struct bpf_insn *insn,
			    struct buf *text)
{
	const char *name = insn->src_reg ? NULL : disasm_func_name(insn->imm);

	add_form(text, "($c) call ", insn);
	if (name)
		buf_addstr(text, name);
	else if (!add_function(disasm, insn, text))
		buf_addstr(text,
			   insn->src_reg == BPF_PSEUDO_KFUNC_CALL ? "kernel-function" : "unknown");
	add_form(text, "#$i", insn);
}

static void add_wide_load(const struct disasm *disasm, const struct bpf_insn *insn,
			  struct buf *text)
{
	add_form(text, "($c) r$d = ", insn);
	if (!disasm->value || !disasm->value(disasm->ctx, insn, text))
		add_form(text, disasm_form_value(insn), insn);
}

size_t disasm_insn(const struct disasm *disasm, size_t index, struct buf *text)
{
	const struct bpf_insn *insn = &disasm->insns[index];

	if (insn_is_wide(insn) && disasm->count - index >= 2) {
		add_wide_load(disasm, insn, text);
		return 2;
	}
	if (insn->code != (BPF_JMP | BPF_CALL))
		add_form(text, disasm_form(insn), insn);
	else if (insn->src_reg == BPF_PSEUDO_CALL)
		add_bpf_call(disasm, insn, text);
	else
		add_kernel_call(disasm, insn, text);
	return 1;
}
