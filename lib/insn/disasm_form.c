// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The form of every instruction that the kernel accepts. */
#include "insn/disasm_form.h"

#include <stdbool.h>
#include <stddef.h>

#include "insn/insn.h"

/* The kernel's own, refused from outside; they appear in dumps of loaded programs. */
#define NOSPEC      0xc0
#define PERCPU_ADDR (-1)

static const char *const by_code[256] = {
	[BPF_ALU | BPF_NEG] = "($c) $D = -$D",
	[BPF_ALU64 | BPF_NEG] = "($c) $D = -$D",
	[BPF_ALU | BPF_END | BPF_TO_LE] = "($c) r$d = le$i r$d",
	[BPF_ALU | BPF_END | BPF_TO_BE] = "($c) r$d = be$i r$d",
	[BPF_ALU64 | BPF_END] = "($c) r$d = bswap$i r$d",
	[BPF_JMP | BPF_JA] = "($c) goto pc$o",
	[BPF_JMP32 | BPF_JA] = "($c) gotol pc$j",
	[BPF_JMP | BPF_JA | BPF_X] = "($c) gotox r$d",
	[BPF_JMP | BPF_EXIT] = "($c) exit",
};

static const char *const alu_operators[16] = {
	[BPF_ADD >> 4] = "+=",  [BPF_SUB >> 4] = "-=",  [BPF_MUL >> 4] = "*=",
	[BPF_DIV >> 4] = "/=",  [BPF_OR >> 4] = "|=",   [BPF_AND >> 4] = "&=",
	[BPF_LSH >> 4] = "<<=", [BPF_RSH >> 4] = ">>=", [BPF_MOD >> 4] = "%=",
	[BPF_XOR >> 4] = "^=",  [BPF_MOV >> 4] = "=",   [BPF_ARSH >> 4] = "s>>=",
};

static const char *const signed_alu_operators[16] = {
	[BPF_DIV >> 4] = "s/=",
	[BPF_MOD >> 4] = "s%=",
};

static const char *const jump_operators[16] = {
	[BPF_JEQ >> 4] = "==",  [BPF_JNE >> 4] = "!=",   [BPF_JGT >> 4] = ">",
	[BPF_JGE >> 4] = ">=",  [BPF_JLT >> 4] = "<",    [BPF_JLE >> 4] = "<=",
	[BPF_JSET >> 4] = "&",  [BPF_JSGT >> 4] = "s>",  [BPF_JSGE >> 4] = "s>=",
	[BPF_JSLT >> 4] = "s<", [BPF_JSLE >> 4] = "s<=",
};

static const char *const memory_forms[4][8] = {
	[BPF_LD] = {
		[BPF_ABS >> 5] = "($c) r0 = *($t *)skb[$i]",
		[BPF_IND >> 5] = "($c) r0 = *($t *)skb[r$s + $i]",
	},
	[BPF_LDX] = {
		[BPF_MEM >> 5] = "($c) r$d = *($t *)(r$s $o)",
		[BPF_MEMSX >> 5] = "($c) r$d = *($t *)(r$s $o)",
	},
	[BPF_ST] = {
		[BPF_MEM >> 5] = "($c) *($t *)(r$d $o) = $i",
		[NOSPEC >> 5] = "($c) nospec",
	},
	[BPF_STX] = {
		[BPF_MEM >> 5] = "($c) *($t *)(r$d $o) = r$s",
	},
};

static const struct {
	__s32 imm;
	const char *form;
} atomic_forms[] = {
	{ BPF_ADD, "($c) lock *($t *)(r$d $o) += r$s" },
	{ BPF_AND, "($c) lock *($t *)(r$d $o) &= r$s" },
	{ BPF_OR, "($c) lock *($t *)(r$d $o) |= r$s" },
	{ BPF_XOR, "($c) lock *($t *)(r$d $o) ^= r$s" },
	{ BPF_ADD | BPF_FETCH, "($c) r$s = atomic$w_fetch_add(($t *)(r$d $o), r$s)" },
	{ BPF_AND | BPF_FETCH, "($c) r$s = atomic$w_fetch_and(($t *)(r$d $o), r$s)" },
	{ BPF_OR | BPF_FETCH, "($c) r$s = atomic$w_fetch_or(($t *)(r$d $o), r$s)" },
	{ BPF_XOR | BPF_FETCH, "($c) r$s = atomic$w_fetch_xor(($t *)(r$d $o), r$s)" },
	{ BPF_XCHG, "($c) r$s = atomic$w_xchg(($t *)(r$d $o), r$s)" },
	{ BPF_CMPXCHG, "($c) r0 = atomic$w_cmpxchg(($t *)(r$d $o), r0, r$s)" },
	{ BPF_LOAD_ACQ, "($c) r$d = load_acquire(($t *)(r$s $o))" },
	{ BPF_STORE_REL, "($c) store_release(($t *)(r$d $o), r$s)" },
};

/* As the kernel writes them, and after their pattern for the classes where it has no text. */
static const char *const unknown_forms[8] = {
	[BPF_LD] = "BUG_ld_$c",   [BPF_LDX] = "BUG_ldx_$c",     [BPF_ST] = "BUG_st_$c",
	[BPF_STX] = "BUG_$c",     [BPF_ALU] = "BUG_alu_$c",     [BPF_ALU64] = "BUG_alu64_$c",
	[BPF_JMP] = "BUG_jmp_$c", [BPF_JMP32] = "BUG_jmp32_$c",
};

static const char *const value_forms[16] = {
	[BPF_PSEUDO_MAP_FD] = "map[id:$i]",   [BPF_PSEUDO_MAP_VALUE] = "map[id:$i][0]+$n",
	[BPF_PSEUDO_MAP_IDX] = "map[idx:$i]", [BPF_PSEUDO_MAP_IDX_VALUE] = "map[idx:$i]+$n",
	[BPF_PSEUDO_FUNC] = "subprog[$j]",
};

static bool is_alu(const struct bpf_insn *insn)
{
	return BPF_CLASS(insn->code) == BPF_ALU || BPF_CLASS(insn->code) == BPF_ALU64;
}

const char *disasm_form_operator(const struct bpf_insn *insn)
{
	unsigned int op = BPF_OP(insn->code) >> 4;

	if (!is_alu(insn))
		return jump_operators[op];
	if (insn->off == 1 && signed_alu_operators[op])
		return signed_alu_operators[op];
	return alu_operators[op];
}

const char *disasm_form_cast(const struct bpf_insn *insn)
{
	switch (BPF_OP(insn->code) == BPF_MOV ? insn->off : 0) {
	case 8:
		return "(s8)";
	case 16:
		return "(s16)";
	case 32:
		return "(s32)";
	}
	return "";
}

static const char *alu_form(const struct bpf_insn *insn)
{
	if (insn->code == (BPF_ALU64 | BPF_MOV | BPF_X)) {
		if (insn->off == BPF_ADDR_SPACE_CAST)
			return "($c) r$d = addr_space_cast(r$s, $h, $l)";
		if (insn->off == PERCPU_ADDR)
			return "($c) r$d = &(void __percpu *)(r$s)";
	}
	if (!disasm_form_operator(insn))
		return NULL;
	return BPF_SRC(insn->code) == BPF_X ? "($c) $D $m $k$S" : "($c) $D $m $i";
}

static const char *jump_form(const struct bpf_insn *insn)
{
	if (insn->code == (BPF_JMP | BPF_JCOND) && insn->src_reg == BPF_MAY_GOTO)
		return "($c) may_goto pc$o";
	if (!disasm_form_operator(insn))
		return NULL;
	return BPF_SRC(insn->code) == BPF_X ? "($c) if $D $m $S goto pc$o"
					    : "($c) if $D $m $x goto pc$o";
}

static const char *atomic_form(const struct bpf_insn *insn)
{
	for (size_t i = 0; i < sizeof(atomic_forms) / sizeof(*atomic_forms); i++) {
		if (atomic_forms[i].imm == insn->imm)
			return atomic_forms[i].form;
	}
	return NULL;
}

static const char *memory_form(const struct bpf_insn *insn)
{
	unsigned int class = BPF_CLASS(insn->code), mode = BPF_MODE(insn->code);

	if (class == BPF_STX && mode == BPF_ATOMIC)
		return atomic_form(insn);
	if (BPF_SIZE(insn->code) == BPF_DW && (class == BPF_LD || mode == BPF_MEMSX))
		return NULL;
	return memory_forms[class][mode >> 5];
}

static const char *form_of_class(const struct bpf_insn *insn)
{
	switch (BPF_CLASS(insn->code)) {
	case BPF_ALU:
	case BPF_ALU64:
		return alu_form(insn);
	case BPF_JMP:
	case BPF_JMP32:
		return jump_form(insn);
	default:
		return memory_form(insn);
	}
}

const char *disasm_form(const struct bpf_insn *insn)
{
	return by_code[insn->code] ?: form_of_class(insn) ?: unknown_forms[BPF_CLASS(insn->code)];
}

const char *disasm_form_value(const struct bpf_insn *insn)
{
	return value_forms[insn->src_reg] ?: "$q";
}
