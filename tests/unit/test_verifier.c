// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* lib/bpf/verifier.c: reasons out of logs as kernels of several ages write them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "bpf/sections.h"
#include "bpf/verifier.h"

#include <cmocka.h>

static void test_new_log(void **state)
{
	struct verifier_reason reason;

	(void)state;
	verifier_read("0: R1=ctx() R10=fp0\n"
		      "; if (ctx->data + 14 > ctx->data_end) @ rejected.bpf.c:68\n"
		      "2: (61) r1 = *(u32 *)(r1 +0)          ; R1=pkt(r=0)\n"
		      "3: (67) r1 <<= 32\n"
		      "R1 pointer arithmetic with <<= operator prohibited\n"
		      "processed 4 insns (limit 1000000) max_states_per_insn 0\n",
		      &reason);
	assert_string_equal(reason.text, "R1 pointer arithmetic with <<= operator prohibited");
	assert_string_equal(reason.file, "rejected.bpf.c");
	assert_int_equal(reason.line, 68);
	assert_int_equal(reason.insn, 3);
	assert_non_null(verifier_hint(reason.text));
}

static void test_old_log(void **state)
{
	struct verifier_reason reason;

	(void)state;
	verifier_read("; return e->h_proto;\n"
		      "0: (61) r1 = *(u32 *)(r1 +0)\n"
		      " R1=ctx(id=0,off=0,imm=0) R10=fp0\n"
		      "1: R1_w=pkt(id=0,off=0,r=0,imm=0) R10=fp0\n"
		      "1: (71) r2 = *(u8 *)(r1 +12)\n"
		      "invalid access to packet, off=12 size=1, R1(id=0,off=12,r=0)\n"
		      "R1 offset is outside of the packet\n"
		      "verification time 40 usec\n"
		      "stack depth 0\n"
		      "processed 2 insns (limit 1000000)\n",
		      &reason);
	assert_string_equal(reason.text,
			    "invalid access to packet, off=12 size=1, R1(id=0,off=12,r=0): "
			    "R1 offset is outside of the packet");
	assert_string_equal(reason.file, "");
	assert_int_equal(reason.line, 0);
	assert_int_equal(reason.insn, 1);
}

static void test_reason_beside_an_instruction(void **state)
{
	struct verifier_reason reason;

	(void)state;
	verifier_read("; while (i < 100) @ loop.bpf.c:4\n"
		      ";  @ loop.bpf.c:0\n"
		      "13: (6d) if r1 s> r2 goto pc-7 infinite loop detected at insn 7\n"
		      "cur state: R1=0x5f5e100 R10=fp0\n"
		      "old state: R1=0x5f5e100 R10=fp0\n"
		      "processed 33 insns (limit 1000000)\n",
		      &reason);
	assert_string_equal(reason.text, "infinite loop detected at insn 7");
	assert_int_equal(reason.line, 4);
	assert_int_equal(reason.insn, 13);
}

static void test_calls(void **state)
{
	struct verifier_reason reason;

	(void)state;
	verifier_read("3: (85) call bpf_trace_printk#6\n"
		      "cannot call GPL-restricted function from non-GPL compatible program\n",
		      &reason);
	assert_string_equal(reason.called, "bpf_trace_printk");
	assert_string_equal(reason.text,
			    "cannot call GPL-restricted function from non-GPL compatible program");
}

static void test_no_trace(void **state)
{
	struct verifier_reason reason;

	(void)state;
	verifier_read("unreachable insn 3\nprocessed 0 insns (limit 1000000)\n", &reason);
	assert_string_equal(reason.text, "unreachable insn 3");
	assert_int_equal(reason.insn, 3);
	verifier_read("", &reason);
	assert_string_equal(reason.text, "");
	assert_int_equal(reason.insn, VERIFIER_NO_INSN);
	assert_null(verifier_hint("something new"));
}

static void test_any_bytes(void **state)
{
	struct verifier_reason reason;
	char log[4096];

	(void)state;
	memset(log, 'x', sizeof(log) - 1);
	log[sizeof(log) - 1] = '\0';
	verifier_read(log, &reason);
	assert_int_equal(strlen(reason.text), sizeof(reason.text) - 1);
	verifier_read("; @ @ : @ a:4294967296\n99999999999999: (85) call \n: \n @ :1", &reason);
	assert_int_equal(reason.line, 0);
	assert_int_equal(reason.insn, VERIFIER_NO_INSN);
}

static void test_nearest_sections(void **state)
{
	(void)state;
	assert_string_equal(sections_nearest("xpd"), "xdp");
	assert_string_equal(sections_nearest("xdp_pass"), "xdp");
	assert_string_equal(sections_nearest("kprobes/do_exit"), "kprobe/");
	assert_string_equal(sections_nearest("tcx/ingres"), "tcx/ingress");
	assert_string_equal(sections_nearest("cgroup/conect4"), "cgroup/connect4");
	assert_string_equal(sections_nearest("uprobe.multy/x"), "uprobe.multi/");
	assert_null(sections_nearest("prog"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_new_log),
		cmocka_unit_test(test_old_log),
		cmocka_unit_test(test_reason_beside_an_instruction),
		cmocka_unit_test(test_calls),
		cmocka_unit_test(test_no_trace),
		cmocka_unit_test(test_any_bytes),
		cmocka_unit_test(test_nearest_sections),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
