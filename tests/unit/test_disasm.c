// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* lib/insn/disasm: every instruction's text, the names a caller gives, and hostile bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "disasm_cases.h"
#include "insn/disasm.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static void assert_text(const struct disasm *disasm, size_t index, size_t slots,
			const char *expected)
{
	struct buf text AUTO_BUF = BUF_EMPTY;

	assert_int_equal(disasm_insn(disasm, index, &text), slots);
	assert_string_equal(buf_str(&text), expected);
}

static void assert_cases(const struct disasm_case *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct disasm disasm = { .insns = &cases[i].insn, .count = 1 };

		assert_text(&disasm, 0, 1, cases[i].text);
	}
}

static void test_every_form(void **state)
{
	(void)state;
	assert_cases(disasm_cases, COUNT(disasm_cases));
}

static bool has_case(__u8 code)
{
	for (size_t i = 0; i < COUNT(disasm_cases); i++) {
		if (disasm_cases[i].insn.code == code)
			return true;
	}
	return false;
}

static void test_no_form_is_left_out(void **state)
{
	struct bpf_insn insn = { 0 };
	struct disasm disasm = { .insns = &insn, .count = 1 };
	struct buf text AUTO_BUF = BUF_EMPTY;

	(void)state;
	for (int code = 0; code < 256; code++) {
		insn.code = (__u8)code;
		buf_clear(&text);
		assert_int_equal(disasm_insn(&disasm, 0, &text), 1);
		if (text.data[0] == '(')
			assert_true(has_case(insn.code));
	}
}

static void test_wide_loads(void **state)
{
	static const struct {
		struct bpf_insn insns[2];
		const char *text;
	} cases[] = {
		{ { { 0x18, 1, 0, 0, 0 }, { .imm = 0 } }, "(18) r1 = 0x0" },
		{ { { 0x18, 1, 0, 0, 0x10 }, { .imm = 0 } }, "(18) r1 = 0x10" },
		{ { { 0x18, 10, 0, 0, -1 }, { .imm = 0 } }, "(18) r10 = 0xffffffff" },
		{ { { 0x18, 1, 0, 0, 0 }, { .imm = 1 } }, "(18) r1 = 0x100000000" },
		{ { { 0x18, 1, 0, 0, -1 }, { .imm = -1 } }, "(18) r1 = 0xffffffffffffffff" },
		{ { { 0x18, 1, 1, 0, 2635 }, { .imm = 0 } }, "(18) r1 = map[id:2635]" },
		{ { { 0x18, 7, 2, 0, 2653 }, { .imm = 0 } }, "(18) r7 = map[id:2653][0]+0" },
		{ { { 0x18, 7, 2, 0, 2653 }, { .imm = 12 } }, "(18) r7 = map[id:2653][0]+12" },
		{ { { 0x18, 1, 3, 0, 0x1234 }, { .imm = 0 } }, "(18) r1 = 0x1234" },
		{ { { 0x18, 2, 4, 0, 5 }, { .imm = 0 } }, "(18) r2 = subprog[+5]" },
		{ { { 0x18, 2, 4, 0, -5 }, { .imm = 0 } }, "(18) r2 = subprog[-5]" },
		{ { { 0x18, 1, 5, 0, 3 }, { .imm = 0 } }, "(18) r1 = map[idx:3]" },
		{ { { 0x18, 1, 6, 0, 3 }, { .imm = 4 } }, "(18) r1 = map[idx:3]+4" },
		{ { { 0x18, 1, 15, 0, 3 }, { .imm = 0 } }, "(18) r1 = 0x3" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct disasm disasm = { .insns = cases[i].insns, .count = 2 };

		assert_text(&disasm, 0, 2, cases[i].text);
	}
}

static void test_calls_without_names(void **state)
{
	static const struct disasm_case cases[] = {
		{ { 0x85, 0, 0, 0, 212 }, "(85) call unknown#212" },
		{ { 0x85, 0, 0, 0, -1 }, "(85) call unknown#-1" },
		{ { 0x85, 0, 3, 0, 1 }, "(85) call unknown#1" },
		{ { 0x85, 0, 2, 0, 30123 }, "(85) call kernel-function#30123" },
		{ { 0x85, 0, 2, 0, -330864 }, "(85) call kernel-function#-330864" },
		{ { 0x85, 0, 1, 0, 7 }, "(85) call pc+7" },
		{ { 0x85, 0, 1, 0, -7 }, "(85) call pc-7" },
		{ { 0x85, 0, 1, 12, 1 }, "(85) call pc+12" },
		{ { 0x85, 0, 1, -12, 1 }, "(85) call pc-12" },
	};

	(void)state;
	assert_cases(cases, COUNT(cases));
}

struct names {
	const struct bpf_insn *known; /* the one instruction that has a name */
	const char *name;
};

static bool give_name(void *ctx, const struct bpf_insn *insn, struct buf *text)
{
	const struct names *names = ctx;

	if (insn != names->known)
		return false;
	buf_addstr(text, names->name);
	return true;
}

static void test_names(void **state)
{
	static const struct bpf_insn insns[] = {
		{ 0x85, 0, 0, 0, 330864 }, { 0x85, 0, 1, 1, 2 }, { 0x85, 0, 2, 0, 99 },
		{ 0x18, 1, 1, 0, 12 },     { .imm = 0 },         { 0x85, 0, 0, 0, 1 },
	};
	struct names names = { &insns[0], "__htab_map_lookup_elem" };
	struct disasm disasm = {
		.insns = insns,
		.count = COUNT(insns),
		.ctx = &names,
		.function = give_name,
		.value = give_name,
	};

	(void)state;
	assert_text(&disasm, 0, 1, "(85) call __htab_map_lookup_elem#330864");
	assert_text(&disasm, 1, 1, "(85) call pc+1");
	assert_text(&disasm, 2, 1, "(85) call kernel-function#99");
	assert_text(&disasm, 3, 2, "(18) r1 = map[id:12]");
	names = (struct names){ &insns[1], "bpf_prog_058bdbffbdc41aea_classify" };
	assert_text(&disasm, 0, 1, "(85) call unknown#330864");
	assert_text(&disasm, 1, 1, "(85) call pc+1#bpf_prog_058bdbffbdc41aea_classify");
	names = (struct names){ &insns[2], "bpf_cpumask_create" };
	assert_text(&disasm, 2, 1, "(85) call bpf_cpumask_create#99");
	names = (struct names){ &insns[3], "counters" };
	assert_text(&disasm, 3, 2, "(18) r1 = counters");
	names = (struct names){ &insns[5], "never asked for" };
	assert_text(&disasm, 5, 1, "(85) call bpf_map_lookup_elem#1");
}

static void test_cut_off_load(void **state)
{
	static const struct bpf_insn insns[] = { { 0xb7, 0, 0, 0, 0 }, { 0x18, 1, 0, 0, 1 } };
	struct disasm disasm = { .insns = insns, .count = 2 };

	(void)state;
	assert_text(&disasm, 1, 1, "BUG_ld_18");
}

static void test_appends(void **state)
{
	static const struct bpf_insn insn = { 0x95, 0, 0, 0, 0 };
	struct disasm disasm = { .insns = &insn, .count = 1 };
	struct buf text AUTO_BUF = BUF_EMPTY;

	(void)state;
	buf_addstr(&text, "   0: ");
	disasm_insn(&disasm, 0, &text);
	assert_string_equal(buf_str(&text), "   0: (95) exit");
}

static void test_func_names(void **state)
{
	(void)state;
	assert_string_equal(disasm_func_name(0), "bpf_unspec");
	assert_string_equal(disasm_func_name(1), "bpf_map_lookup_elem");
	assert_string_equal(disasm_func_name(181), "bpf_loop");
	assert_string_equal(disasm_func_name(211), "bpf_cgrp_storage_delete");
	for (int id = 0; id <= 211; id++)
		assert_non_null(disasm_func_name(id));
	assert_null(disasm_func_name(212));
	assert_null(disasm_func_name(-1));
	assert_null(disasm_func_name(INT32_MIN));
	assert_null(disasm_func_name(INT32_MAX));
}

static void fill_randomly(struct bpf_insn *insn, __u8 code)
{
	static const __s32 edges[] = { 0, 1, -1, INT32_MIN, INT32_MAX, 0x8000, 0xff, 0x100 };
	int choice = rand();

	*insn = (struct bpf_insn){
		.code = code,
		.dst_reg = (unsigned int)rand() & 0xf,
		.src_reg = (unsigned int)rand() & 0xf,
		.off = (__s16)(choice & 1 ? rand() : edges[choice >> 2 & 7]),
		.imm = choice & 2 ? rand() : edges[choice >> 5 & 7],
	};
}

/* The instructions end where their memory does, so reading on is found by the sanitizer. */
static void disassemble_random(__u8 code, size_t count)
{
	struct bpf_insn *insns = calloc(count, sizeof(*insns));
	struct disasm disasm = { .insns = insns, .count = count };
	struct buf text AUTO_BUF = BUF_EMPTY;
	size_t slots;

	assert_non_null(insns);
	fill_randomly(&insns[0], code);
	if (count > 1)
		fill_randomly(&insns[1], (__u8)rand());
	slots = disasm_insn(&disasm, 0, &text);
	assert_int_equal(slots, code == 0x18 && count > 1 ? 2 : 1);
	assert_in_range(text.len, sizeof("BUG_00") - 1, 72);
	assert_int_equal(strlen(buf_str(&text)), text.len);
	assert_null(strchr(buf_str(&text), '$'));
	free(insns);
}

static void test_random(void **state)
{
	(void)state;
	srand(1);
	for (int code = 0; code < 256; code++) {
		for (int round = 0; round < 500; round++)
			disassemble_random((__u8)code, round % 2 + 1);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_form), cmocka_unit_test(test_no_form_is_left_out),
		cmocka_unit_test(test_wide_loads), cmocka_unit_test(test_calls_without_names),
		cmocka_unit_test(test_names),      cmocka_unit_test(test_cut_off_load),
		cmocka_unit_test(test_appends),    cmocka_unit_test(test_func_names),
		cmocka_unit_test(test_random),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
