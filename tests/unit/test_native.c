// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Tests of lib/jit/native.c: canned machine code to text. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "jit/native.h"

#include <cmocka.h>

#define BASE      0xffffffffc0026eacULL
#define BASE_S390 0x3ff80001000ULL

static const char *listing(const char *machine, const void *bytes, size_t len, struct buf *text)
{
	AUTO(native) struct native *native = NULL;
	uint64_t base = strcmp(machine, "s390x") ? BASE : BASE_S390;
	struct native_code code = { 0 };

	assert_int_equal(native_open(&native, machine), 0);
	assert_int_equal(native_decode(native, bytes, len, base, &code), 0);
	vec_each (insn, &code.insns) {
		buf_printf(text, "%x/%d %s|%s", insn->offset, insn->len,
			   native_mnemonic(&code, insn), native_operands(&code, insn));
		if (insn->branches)
			buf_printf(text, " -> %+lld", (long long)(insn->target - base));
		buf_addch(text, '\n');
	}
	native_code_free(&code);
	return buf_str(text);
}

#define LISTING(machine, text, ...)                              \
	({                                                       \
		static const uint8_t bytes_[] = { __VA_ARGS__ }; \
		listing(machine, bytes_, sizeof(bytes_), text);  \
	})

static void test_x86_prologue(void **state)
{
	AUTO_BUF struct buf text = BUF_EMPTY;

	(void)state;
	assert_string_equal(LISTING("x86_64", &text, 0xf3, 0x0f, 0x1e, 0xfa, 0x0f, 0x1f, 0x44, 0x00,
				    0x00, 0x48, 0x31, 0xc0, 0x55, 0x48, 0x89, 0xe5, 0x48, 0x81,
				    0xec, 0x08, 0x00, 0x00, 0x00, 0x48, 0x83, 0xf8, 0x21, 0x77,
				    0x06, 0xc9, 0xc3, 0xcc),
			    "0/4 endbr64|\n"
			    "4/5 nopl|(%rax,%rax)\n"
			    "9/3 xorq|%rax, %rax\n"
			    "c/1 pushq|%rbp\n"
			    "d/3 movq|%rsp, %rbp\n"
			    "10/7 subq|$8, %rsp\n"
			    "17/4 cmpq|$0x21, %rax\n"
			    "1b/2 ja|0xffffffffc0026ecf -> +35\n"
			    "1d/1 leave|\n"
			    "1e/1 retq|\n"
			    "1f/1 int3|\n");
}

static void test_x86_memory_and_constants(void **state)
{
	AUTO_BUF struct buf text = BUF_EMPTY;

	(void)state;
	assert_string_equal(LISTING("x86_64", &text, 0x89, 0x7d, 0xfc, 0x48, 0x0f, 0xb6, 0x78, 0x23,
				    0xf0, 0x48, 0x01, 0x78, 0x00, 0x65, 0x48, 0x8b, 0x04, 0x25,
				    0x10, 0x00, 0x00, 0x00),
			    "0/3 movl|%edi, -4(%rbp)\n"
			    "3/5 movzbq|0x23(%rax), %rdi\n"
			    "8/5 lock addq|%rdi, (%rax)\n"
			    "d/9 movq|%gs:0x10, %rax\n");
}

/* Capstone 4 has 64-bit constants in hex, capstone 5 in decimal. */
static void test_x86_address(void **state)
{
	AUTO_BUF struct buf text = BUF_EMPTY;
	const char *line = LISTING("x86_64", &text, 0x48, 0xbf, 0x00, 0xf4, 0x7e, 0x04, 0x81,
				      0x88, 0xff, 0xff);

	(void)state;
	if (strcmp(line, "0/10 movabsq|$18446612686440428544, %rdi\n") != 0)
		assert_string_equal(line, "0/10 movabsq|$0xffff8881047ef400, %rdi\n");
}

static void test_x86_branches(void **state)
{
	AUTO_BUF struct buf text = BUF_EMPTY;

	(void)state;
	assert_string_equal(LISTING("x86_64", &text, 0xe8, 0x50, 0x43, 0x4f, 0xc1, 0xeb, 0xf9, 0xe9,
				    0x17, 0x00, 0x00, 0x00, 0x0f, 0x84, 0x00, 0x01, 0x00, 0x00,
				    0xff, 0xd0, 0x41, 0xff, 0xe3, 0xff, 0x24, 0x25, 0x01, 0x02,
				    0x03, 0x04),
			    "0/5 callq|0xffffffff8151b201 -> -1051770027\n"
			    "5/2 jmp|0xffffffffc0026eac -> +0\n"
			    "7/5 jmp|0xffffffffc0026ecf -> +35\n"
			    "c/6 je|0xffffffffc0026fbe -> +274\n"
			    "12/2 callq|*%rax\n"
			    "14/3 jmpq|*%r11\n"
			    "17/7 jmpq|*0x4030201\n");
}

static void test_x86_long_nops(void **state)
{
	AUTO_BUF struct buf text = BUF_EMPTY;

	(void)state;
	assert_string_equal(LISTING("x86_64", &text, 0x66, 0x2e, 0x0f, 0x1f, 0x84, 0x00, 0x00, 0x00,
				    0x00, 0x00, 0x0f, 0x1f, 0x84, 0x00, 0x00, 0x00, 0x00, 0x00,
				    0x66, 0x90, 0x90),
			    "0/10 nopw|%cs:(%rax,%rax)\n"
			    "a/8 nopl|(%rax,%rax)\n"
			    "12/2 nop|\n"
			    "14/1 nop|\n");
}

/* What is no instruction is shown as bytes, and the reading goes on behind it. */
static void test_x86_undecodable(void **state)
{
	AUTO_BUF struct buf text = BUF_EMPTY;

	(void)state;
	assert_string_equal(LISTING("x86_64", &text, 0x06, 0x07, 0x55, 0xe8, 0x01),
			    "0/1 .byte|0x06\n"
			    "1/1 .byte|0x07\n"
			    "2/1 pushq|%rbp\n"
			    "3/1 .byte|0xe8\n"
			    "4/1 .byte|0x01\n");
}

static void test_x86_32(void **state)
{
	AUTO_BUF struct buf text = BUF_EMPTY;

	(void)state;
	assert_string_equal(LISTING("i686", &text, 0x8b, 0x45, 0x08, 0xc3),
			    "0/3 movl|8(%ebp), %eax\n"
			    "3/1 retl|\n");
}

static void test_arm64(void **state)
{
	AUTO_BUF struct buf text = BUF_EMPTY;

	(void)state;
	assert_string_equal(LISTING("aarch64", &text, 0xfd, 0x7b, 0xbf, 0xa9, 0x04, 0x00, 0x00,
				    0x94, 0x40, 0x00, 0x00, 0x54, 0xe0, 0xff, 0xff, 0xb4, 0x60,
				    0x00, 0x18, 0x36, 0x00, 0x01, 0x3f, 0xd6, 0x20, 0x04, 0x78,
				    0x92, 0xff, 0xff, 0xff, 0xff, 0xc0, 0x03, 0x5f, 0xd6, 0x01,
				    0x02),
			    "0/4 stp|x29, x30, [sp, #-0x10]!\n"
			    "4/4 bl|#0xffffffffc0026ec0 -> +20\n"
			    "8/4 b.eq|#0xffffffffc0026ebc -> +16\n"
			    "c/4 cbz|x0, #0xffffffffc0026eb4 -> +8\n"
			    "10/4 tbz|w0, #3, #0xffffffffc0026ec8 -> +28\n"
			    "14/4 blr|x8\n"
			    "18/4 and|x0, x1, #0x300\n"
			    "1c/4 .byte|0xff, 0xff, 0xff, 0xff\n"
			    "20/4 ret|\n"
			    "24/2 .byte|0x01, 0x02\n");
}

static void test_other_machines(void **state)
{
	AUTO_BUF struct buf ppc = BUF_EMPTY, s390 = BUF_EMPTY;

	(void)state;
	assert_string_equal(LISTING("ppc64le", &ppc, 0x09, 0x00, 0x00, 0x48, 0x20, 0x00, 0x80,
				    0x4e),
			    "0/4 bl|0xffffffffc0026eb4 -> +8\n"
			    "4/4 blr|\n");
	assert_string_equal(LISTING("s390x", &s390, 0xc0, 0xe5, 0x00, 0x00, 0x00, 0x10, 0x07, 0xfe),
			    "0/6 brasl|%r14, 0x3ff80001020 -> +32\n"
			    "6/2 br|%r14\n");
}

static void test_unknown_machine(void **state)
{
	struct native *native = NULL;

	(void)state;
	assert_int_equal(native_open(&native, "pdp11"), -EOPNOTSUPP);
	assert_null(native);
	assert_string_equal(fail_last()->text, "no disassembler for the machine code of pdp11");
	fail_clear();
}

static void test_empty_and_reused(void **state)
{
	AUTO(native) struct native *native = NULL;
	struct native_code code = { 0 };

	(void)state;
	assert_int_equal(native_open(&native, "x86_64"), 0);
	assert_int_equal(native_decode(native, "\x55\xc3", 2, 0, &code), 0);
	assert_int_equal(code.insns.n, 2);
	assert_int_equal(native_decode(native, "\xeb\x02", 2, 0, &code), 0);
	assert_int_equal(code.insns.n, 1);
	assert_true(code.insns.v[0].branches);
	assert_int_equal(code.insns.v[0].target, 4);
	assert_int_equal(native_decode(native, "", 0, 0, &code), 0);
	assert_int_equal(code.insns.n, 0);
	native_code_free(&code);
}

static void check_split(const char *operands, const char *expected)
{
	struct native_operand parts[NATIVE_OPERANDS_MAX];
	AUTO_BUF struct buf text = BUF_EMPTY;
	size_t n = native_split(operands, parts);

	for (size_t i = 0; i < n; i++)
		buf_printf(&text, "%s%.*s", i ? "|" : "", (int)parts[i].len, parts[i].text);
	assert_string_equal(buf_str(&text), expected);
}

static void test_split(void **state)
{
	(void)state;
	check_split("", "");
	check_split("%rax", "%rax");
	check_split("%rsp, %rbp", "%rsp|%rbp");
	check_split("(%rax, %rax)", "(%rax, %rax)");
	check_split("8(%rax, %rcx, 4), %rdx", "8(%rax, %rcx, 4)|%rdx");
	check_split("x29, x30, [sp, #-0x10]!", "x29|x30|[sp, #-0x10]!");
	check_split("{r4, r5}, x", "{r4, r5}|x");
	check_split(")), a", "))|a");
	check_split("((a, b", "((a, b");
	check_split("a,", "a|");
	check_split("1,2,3,4,5,6,7,8,9", "1|2|3|4|5|6|7|8,9");
}

static void check_random(const char *machine)
{
	AUTO(native) struct native *native = NULL;
	struct native_code code = { 0 };
	uint8_t bytes[64];

	assert_int_equal(native_open(&native, machine), 0);
	for (int round = 0; round < 3000; round++) {
		size_t total = 0, len = (size_t)random() % sizeof(bytes);

		for (size_t i = 0; i < len; i++)
			bytes[i] = (uint8_t)random();
		assert_int_equal(native_decode(native, bytes, len, BASE, &code), 0);
		vec_each (insn, &code.insns) {
			assert_int_equal(insn->offset, total);
			assert_int_not_equal(insn->len, 0);
			total += insn->len;
		}
		assert_int_equal(total, len);
	}
	native_code_free(&code);
}

/* Whatever the bytes, each is in exactly one instruction. */
static void test_random_bytes(void **state)
{
	static const char *const machines[] = { "x86_64", "i586",  "aarch64",
						"armv7l", "ppc64", "s390x" };

	(void)state;
	srandom(1);
	for (size_t i = 0; i < sizeof(machines) / sizeof(*machines); i++)
		check_random(machines[i]);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_x86_prologue),
		cmocka_unit_test(test_x86_memory_and_constants),
		cmocka_unit_test(test_x86_address),
		cmocka_unit_test(test_x86_branches),
		cmocka_unit_test(test_x86_long_nops),
		cmocka_unit_test(test_x86_undecodable),
		cmocka_unit_test(test_x86_32),
		cmocka_unit_test(test_arm64),
		cmocka_unit_test(test_other_machines),
		cmocka_unit_test(test_unknown_machine),
		cmocka_unit_test(test_empty_and_reused),
		cmocka_unit_test(test_split),
		cmocka_unit_test(test_random_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
