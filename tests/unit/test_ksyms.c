// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Tests of lib/jit/ksyms.c and kallsyms.c on texts in memory, and of the kernel's own file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "jit/kallsyms.h"
#include "jit/ksyms.h"

#include <cmocka.h>

static const char usual[] = "0000000000000000 A fixed_percpu_data\n"
			    "0000000000001000 A cpu_tss\n"
			    "ffffffff81000000 T startup_64\n"
			    "ffffffff81000000 T _text\n"
			    "ffffffff81000100 T first\n"
			    "ffffffff81000200 t second\n"
			    "ffffffff81000200 t second_alias\n"
			    "ffffffff81000300 T __bpf_call_base\n"
			    "ffffffff81000340 T bpf_map_lookup_elem\n"
			    "ffffffff81000500 D _end\n"
			    "ffffffffc0003000 t late_of_module\t[mod]\n"
			    "ffffffffc0001000 t early_of_module\t[mod]\n"
			    "ffffffffc0000800 t bpf_prog_6deef7357e7b4530_hello\t[bpf]\n"
			    "ffffffffc0005000 t ftrace_trampoline\t[__builtin__ftrace]\n";

struct expected {
	uint64_t address;
	const char *name; /* NULL: none */
	uint64_t offset;
};

static void check(const char *text, const struct expected *rows, size_t n)
{
	AUTO(ksyms) struct ksyms *ksyms = ksyms_new();

	for (size_t i = n; i-- > 0;)
		assert_int_equal(ksyms_want_address(ksyms, rows[i].address), 0);
	assert_int_equal(ksyms_scan(ksyms, text, strlen(text)), 0);
	for (size_t i = 0; i < n; i++) {
		uint64_t offset = ~0ULL;
		const char *name = ksyms_name(ksyms, rows[i].address, &offset);

		if (!rows[i].name) {
			assert_null(name);
			continue;
		}
		assert_non_null(name);
		assert_string_equal(name, rows[i].name);
		assert_int_equal(offset, rows[i].offset);
	}
}

#define CHECK(text, ...)                                                \
	do {                                                            \
		static const struct expected rows_[] = { __VA_ARGS__ }; \
		check(text, rows_, sizeof(rows_) / sizeof(*rows_));     \
	} while (0)

static void test_exact_and_nearest(void **state)
{
	(void)state;
	CHECK(usual, { 0xffffffff81000100, "first", 0 }, { 0xffffffff8100011f, "first", 0x1f },
	      { 0xffffffff810001ff, "first", 0xff },
	      { 0xffffffff81000340, "bpf_map_lookup_elem", 0 });
}

static void test_first_alias_wins(void **state)
{
	(void)state;
	CHECK(usual, { 0xffffffff81000000, "startup_64", 0 },
	      { 0xffffffff81000210, "second", 0x10 });
}

/* Modules and BPF programs come in any order, after the image. */
static void test_unsorted_tail(void **state)
{
	(void)state;
	CHECK(usual, { 0xffffffffc0000800, "bpf_prog_6deef7357e7b4530_hello", 0 },
	      { 0xffffffffc0000fff, "bpf_prog_6deef7357e7b4530_hello", 0x7ff },
	      { 0xffffffffc0001004, "early_of_module", 4 },
	      { 0xffffffffc0002fff, "early_of_module", 0x1fff },
	      { 0xffffffffc0003000, "late_of_module", 0 },
	      { 0xffffffff81000341, "bpf_map_lookup_elem", 1 });
}

/* The only address, once between per-CPU offsets and the image, once beyond the image. */
static void test_outside_of_the_image(void **state)
{
	(void)state;
	CHECK(usual, { 0xffffffffc0003008, "late_of_module", 8 });
	CHECK(usual, { 0x1008, "cpu_tss", 8 });
	CHECK("0000000000001000 A cpu_tss\nffffffff81000000 T _text\n"
	      "0000000000001800 t of_low_module\t[mod]\n",
	      { 0x1808, "of_low_module", 8 });
}

static void test_too_far_is_unnamed(void **state)
{
	(void)state;
	CHECK(usual, { 0xffffffff8100ffff, "_end", 0xfaff }, { 0xffffffff81010500, NULL, 0 },
	      { 0xffffffffc0800000, NULL, 0 }, { 0xfff, NULL, 0 }, { 0, NULL, 0 });
}

static void test_hidden_addresses(void **state)
{
	static const char text[] = "0000000000000000 T _text\n0000000000000000 t hello\t[bpf]\n";
	AUTO(ksyms) struct ksyms *ksyms = ksyms_new();
	uint64_t offset;

	(void)state;
	assert_int_equal(ksyms_want_address(ksyms, 0xffffffff81000000), 0);
	assert_int_equal(ksyms_want_name(ksyms, "_text"), 0);
	assert_int_equal(ksyms_scan(ksyms, text, strlen(text)), 0);
	assert_null(ksyms_name(ksyms, 0xffffffff81000000, &offset));
	assert_int_equal(ksyms_address(ksyms, "_text"), 0);
}

/* Helper calls of the xlated code count from a symbol: two rounds over one text. */
static void test_names_then_addresses(void **state)
{
	AUTO(ksyms) struct ksyms *ksyms = ksyms_new();
	uint64_t base, offset;

	(void)state;
	assert_int_equal(ksyms_want_name(ksyms, "__bpf_call_base"), 0);
	assert_int_equal(ksyms_want_name(ksyms, "bpf_prog_6deef7357e7b4530_hello"), 0);
	assert_int_equal(ksyms_want_name(ksyms, "second_"), 0);
	assert_int_equal(ksyms_scan(ksyms, usual, strlen(usual)), 0);
	base = ksyms_address(ksyms, "__bpf_call_base");
	assert_int_equal(base, 0xffffffff81000300);
	assert_int_equal(ksyms_address(ksyms, "bpf_prog_6deef7357e7b4530_hello"),
			 0xffffffffc0000800);
	assert_int_equal(ksyms_address(ksyms, "second_"), 0);
	assert_int_equal(ksyms_address(ksyms, "first"), 0);

	assert_int_equal(ksyms_want_address(ksyms, base + 0x40), 0);
	assert_int_equal(ksyms_want_address(ksyms, base + 0x40), 0);
	assert_int_equal(ksyms_read(ksyms), 0);
	assert_string_equal(ksyms_name(ksyms, base + 0x40, &offset), "bpf_map_lookup_elem");
	assert_int_equal(offset, 0);
	assert_int_equal(ksyms_address(ksyms, "__bpf_call_base"), base);
}

static void test_nothing_wanted(void **state)
{
	AUTO(ksyms) struct ksyms *ksyms = ksyms_new();
	uint64_t offset;

	(void)state;
	assert_int_equal(ksyms_read(ksyms), 0);
	assert_null(ksyms_name(ksyms, 0xffffffff81000000, &offset));
	assert_int_equal(ksyms_address(ksyms, "_text"), 0);
}

static void check_line(const char *text, const char *name, bool core)
{
	struct kallsyms_line line = { 0 };

	assert_int_equal(kallsyms_line(text, text + strlen(text), &line), name != NULL);
	if (!name)
		return;
	assert_int_equal(line.name_len, strlen(name));
	assert_memory_equal(line.name, name, strlen(name));
	assert_int_equal(line.core, core);
}

static void test_lines(void **state)
{
	(void)state;
	check_line("ffffffff81000000 T _text", "_text", true);
	check_line("c0008000 T of_32_bits", "of_32_bits", true);
	check_line("ffffffffc0000000 t f\t[mod]", "f", false);
	check_line("ffffffff81000000 t odd]", "odd]", true);
	check_line("", NULL, false);
	check_line("ffffffff81000000", NULL, false);
	check_line("ffffffff81000000 T ", NULL, false);
	check_line("ffffffff81000000 Text", NULL, false);
	check_line("zzz T x", NULL, false);
}

static void test_bad_lines_are_skipped(void **state)
{
	(void)state;
	CHECK("\n\n \nffffffff81000000 T f\nrubbish\n\tffff\nffffffff81000010 T cut",
	      { 0xffffffff81000010, "f", 0x10 });
}

static void test_random_bytes(void **state)
{
	static const char alphabet[] = "0123456789abcdef\n\n\t  []Tt\xff";
	char text[512];

	(void)state;
	srandom(1);
	for (int round = 0; round < 2000; round++) {
		AUTO(ksyms) struct ksyms *ksyms = ksyms_new();

		for (size_t i = 0; i < sizeof(text); i++)
			text[i] = alphabet[(size_t)random() % (sizeof(alphabet) - 1)];
		ksyms_want_address(ksyms, 0xff);
		ksyms_want_address(ksyms, 0xffff);
		ksyms_want_name(ksyms, "T");
		assert_int_equal(ksyms_scan(ksyms, text, sizeof(text)), 0);
	}
}

/* Without root the addresses may be hidden; then there are no names, and it is no error. */
static void test_running_kernel(void **state)
{
	AUTO(ksyms) struct ksyms *ksyms = ksyms_new();
	uint64_t base, offset = 1;

	(void)state;
	assert_int_equal(ksyms_want_name(ksyms, "__bpf_call_base"), 0);
	assert_int_equal(ksyms_read(ksyms), 0);
	base = ksyms_address(ksyms, "__bpf_call_base");
	if (!base)
		skip();
	assert_int_equal(ksyms_want_address(ksyms, base), 0);
	assert_int_equal(ksyms_read(ksyms), 0);
	assert_string_equal(ksyms_name(ksyms, base, &offset), "__bpf_call_base");
	assert_int_equal(offset, 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_exact_and_nearest),
		cmocka_unit_test(test_first_alias_wins),
		cmocka_unit_test(test_unsorted_tail),
		cmocka_unit_test(test_outside_of_the_image),
		cmocka_unit_test(test_too_far_is_unnamed),
		cmocka_unit_test(test_hidden_addresses),
		cmocka_unit_test(test_names_then_addresses),
		cmocka_unit_test(test_nothing_wanted),
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_bad_lines_are_skipped),
		cmocka_unit_test(test_random_bytes),
		cmocka_unit_test(test_running_kernel),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
