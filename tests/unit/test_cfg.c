// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* lib/insn/cfg: where blocks are cut, where they lead, and functions that no kernel would load. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h" /* before cmocka.h, which defines a macro fail() */
#include "insn/cfg.h"

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

#define INSN(...)       ((struct bpf_insn){ __VA_ARGS__ })
#define MOV             INSN(0xb7, 0, 0, 0, 0)
#define EXIT            INSN(0x95, 0, 0, 0, 0)
#define JA(distance)    INSN(0x05, 0, 0, distance, 0)
#define JEQ(distance)   INSN(0x15, 1, 0, distance, 0)
#define GOTOL(distance) INSN(0x06, 0, 0, 0, distance)
#define LOAD64          INSN(0x18, 1, 0, 0, 1)
#define LOAD64_REST     INSN(0x00, 0, 0, 0, 0)

static void add_block(struct buf *text, const struct cfg_block *block)
{
	buf_printf(text, "%s%zu-%zu", text->len ? "; " : "", block->start, block->end);
	if (block->fallthrough != CFG_NONE)
		buf_printf(text, " on %zu", block->fallthrough);
	if (block->branch != CFG_NONE)
		buf_printf(text, " jump %zu", block->branch);
	if (block->leaves)
		buf_addstr(text, " out");
	if (block->indirect)
		buf_addstr(text, " anywhere");
}

static void assert_blocks(const struct bpf_insn *insns, size_t count, const char *expected)
{
	struct cfg cfg AUTO_CFG = { 0 };
	struct buf text AUTO_BUF = BUF_EMPTY;

	assert_int_equal(cfg_build(&cfg, insns, count), 0);
	vec_each (block, &cfg)
		add_block(&text, block);
	assert_string_equal(buf_str(&text), expected);
}

#define ASSERT_BLOCKS(expected, ...)                                     \
	do {                                                             \
		static const struct bpf_insn insns_[] = { __VA_ARGS__ }; \
		assert_blocks(insns_, COUNT(insns_), expected);          \
	} while (0)

static void assert_refused(const struct bpf_insn *insns, size_t count, const char *message)
{
	struct cfg cfg AUTO_CFG = { 0 };

	fail_clear();
	assert_int_equal(cfg_build(&cfg, insns, count), -EINVAL);
	assert_string_equal(fail_last()->text, message);
	assert_int_equal(cfg.n, 0);
	assert_null(cfg.v);
}

#define ASSERT_REFUSED(message, ...)                                     \
	do {                                                             \
		static const struct bpf_insn insns_[] = { __VA_ARGS__ }; \
		assert_refused(insns_, COUNT(insns_), message);          \
	} while (0)

static void test_straight(void **state)
{
	(void)state;
	ASSERT_BLOCKS("0-1 out", EXIT);
	ASSERT_BLOCKS("0-4 out", MOV, LOAD64, LOAD64_REST, EXIT);
	assert_blocks(NULL, 0, "");
}

static void test_calls_end_no_block(void **state)
{
	(void)state;
	ASSERT_BLOCKS("0-5 out", INSN(0x85, 0, 0, 0, 1), INSN(0x85, 0, 1, 0, 9),
		      INSN(0x85, 0, 2, 0, 7), MOV, EXIT);
}

static void test_conditions(void **state)
{
	(void)state;
	ASSERT_BLOCKS("0-2 on 1 jump 2; 2-3 on 2; 3-4 out", MOV, JEQ(1), MOV, EXIT);
	ASSERT_BLOCKS("0-1 on 1 jump 2; 1-3 jump 3; 3-4 on 3; 4-5 out", JEQ(2), MOV, JA(1), MOV,
		      EXIT);
	ASSERT_BLOCKS("0-1 on 1 jump 1; 1-2 out", JEQ(0), EXIT);
	ASSERT_BLOCKS("0-1 on 1 jump 2; 1-2 on 2; 2-3 out", INSN(0x1e, 1, 2, 1, 0), MOV, EXIT);
	ASSERT_BLOCKS("0-1 on 1 jump 2; 1-2 on 2; 2-3 out", INSN(0xd6, 1, 0, 1, -9), MOV, EXIT);
}

static void test_loops(void **state)
{
	(void)state;
	ASSERT_BLOCKS("0-1 on 1; 1-3 on 2 jump 1; 3-4 out", MOV, MOV, JEQ(-2), EXIT);
	ASSERT_BLOCKS("0-1 jump 0", JA(-1));
	ASSERT_BLOCKS("0-1 on 1; 1-4 on 2 jump 1; 4-5 out", MOV, LOAD64, LOAD64_REST, JEQ(-3),
		      EXIT);
}

static void test_newer_jumps(void **state)
{
	(void)state;
	ASSERT_BLOCKS("0-1 jump 2; 1-2 on 2; 2-3 out", INSN(0x06, 0, 0, 99, 1), MOV, EXIT);
	ASSERT_BLOCKS("0-1 on 1; 1-2 jump 1; 2-3 out", MOV, GOTOL(-1), EXIT);
	ASSERT_BLOCKS("0-1 on 1 jump 2; 1-2 on 2; 2-3 out", INSN(0xe5, 0, 0, 1, 0), MOV, EXIT);
	ASSERT_BLOCKS("0-2 anywhere; 2-4 out", MOV, INSN(0x0d, 3, 0, 99, 0), MOV, EXIT);
}

static void test_exits_in_the_middle(void **state)
{
	(void)state;
	ASSERT_BLOCKS("0-1 on 1 jump 2; 1-3 out; 3-5 out", JEQ(2), MOV, EXIT, MOV, EXIT);
	ASSERT_BLOCKS("0-1 out; 1-3 out", EXIT, MOV, EXIT);
	ASSERT_BLOCKS("0-1 jump 2; 1-2 on 2; 2-3 out", JA(1), MOV, EXIT);
}

static void test_end_without_exit(void **state)
{
	(void)state;
	ASSERT_BLOCKS("0-2 out", MOV, MOV);
	ASSERT_BLOCKS("0-2 out", LOAD64, LOAD64_REST);
	ASSERT_BLOCKS("0-1 jump 0 out", JEQ(-1));
	ASSERT_BLOCKS("0-1 on 1; 1-2 jump 1", MOV, JA(-1));
}

static void test_second_slots_are_no_instructions(void **state)
{
	(void)state;
	ASSERT_BLOCKS("0-3 out", LOAD64, JA(100), EXIT);
	ASSERT_BLOCKS("0-3 out", LOAD64, LOAD64, EXIT);
	ASSERT_BLOCKS("0-2 out", LOAD64, EXIT);
}

static void test_jumps_out(void **state)
{
	(void)state;
	ASSERT_REFUSED("instruction 0 jumps to 2, but its function has 0 to 1", JA(1), EXIT);
	ASSERT_REFUSED("instruction 1 jumps to -1, but its function has 0 to 2", MOV, JEQ(-3),
		       EXIT);
	ASSERT_REFUSED("instruction 0 jumps to 32768, but its function has 0 to 1", JA(INT16_MAX),
		       EXIT);
	ASSERT_REFUSED("instruction 0 jumps to 2147483648, but its function has 0 to 1",
		       GOTOL(INT32_MAX), EXIT);
	ASSERT_REFUSED("instruction 0 jumps to -2147483647, but its function has 0 to 1",
		       GOTOL(INT32_MIN), EXIT);
	ASSERT_REFUSED("instruction 0 jumps to 6, but its function has 0 to 1",
		       INSN(0xe5, 0, 0, 5, 0), EXIT);
}

static void test_jumps_into_loads(void **state)
{
	(void)state;
	ASSERT_REFUSED("instruction 0 jumps into the middle of the 64-bit load at 1", JEQ(1),
		       LOAD64, LOAD64_REST, EXIT);
	ASSERT_REFUSED("instruction 2 jumps into the middle of the 64-bit load at 0", LOAD64,
		       LOAD64_REST, JA(-2), EXIT);
}

static void test_cut_off_load(void **state)
{
	(void)state;
	ASSERT_REFUSED("the 64-bit load at instruction 0 is cut off", LOAD64);
	ASSERT_REFUSED("the 64-bit load at instruction 3 is cut off", MOV, LOAD64, LOAD64_REST,
		       LOAD64);
}

static void test_large(void **state)
{
	enum { MANY = 1000000 };
	struct bpf_insn *insns = calloc(MANY, sizeof(*insns));
	struct cfg cfg AUTO_CFG = { 0 };

	(void)state;
	assert_non_null(insns);
	for (size_t i = 0; i < MANY; i++)
		insns[i] = JEQ(i < MANY / 2 ? INT16_MAX : INT16_MIN);
	insns[MANY - 1] = EXIT;
	assert_int_equal(cfg_build(&cfg, insns, MANY), 0);
	assert_int_equal(cfg.n, MANY);
	assert_int_equal(cfg.v[7].branch, 7 + 1 + INT16_MAX);
	assert_int_equal(cfg.v[MANY - 2].branch, MANY - 1 + INT16_MIN);
	free(insns);
}

static void assert_whole(const struct cfg *cfg, size_t count)
{
	size_t at = 0;

	for (size_t i = 0; i < cfg->n; i++) {
		const struct cfg_block *block = &cfg->v[i];

		assert_int_equal(block->start, at);
		assert_true(block->end > block->start);
		assert_true(block->fallthrough == CFG_NONE || block->fallthrough == i + 1);
		assert_true(block->branch == CFG_NONE || block->branch < cfg->n);
		assert_true(block->fallthrough != CFG_NONE || block->branch != CFG_NONE ||
			    block->leaves || block->indirect);
		at = block->end;
	}
	assert_int_equal(at, count);
}

/* Instructions end where their memory does, so that reading on is found by the sanitizer. */
static void build_random(size_t count)
{
	struct bpf_insn *insns = calloc(count, sizeof(*insns));
	struct cfg cfg AUTO_CFG = { 0 };
	int err;

	assert_non_null(insns);
	for (size_t i = 0; i < count; i++)
		insns[i] = (struct bpf_insn){
			.code = (__u8)rand(),
			.src_reg = (unsigned int)rand() & 0xf,
			.off = (__s16)(rand() % 9 - 4),
			.imm = rand() % 9 - 4,
		};
	err = cfg_build(&cfg, insns, count);
	if (!err)
		assert_whole(&cfg, count);
	else
		assert_int_equal(err, -EINVAL);
	free(insns);
}

static void test_random(void **state)
{
	(void)state;
	srand(1);
	for (int round = 0; round < 50000; round++)
		build_random((size_t)(rand() % 12 + 1));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_straight),
		cmocka_unit_test(test_calls_end_no_block),
		cmocka_unit_test(test_conditions),
		cmocka_unit_test(test_loops),
		cmocka_unit_test(test_newer_jumps),
		cmocka_unit_test(test_exits_in_the_middle),
		cmocka_unit_test(test_end_without_exit),
		cmocka_unit_test(test_second_slots_are_no_instructions),
		cmocka_unit_test(test_jumps_out),
		cmocka_unit_test(test_jumps_into_loads),
		cmocka_unit_test(test_cut_off_load),
		cmocka_unit_test(test_large),
		cmocka_unit_test(test_random),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
