// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Tests of lib/jit/image.c: which names the targets of jumps and calls get. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "jit/image.h"

#include <cmocka.h>

#define MAIN  0xffffffffc0001000ULL
#define OTHER 0xffffffffc0000800ULL

static const char symbols[] = "ffffffffbf000000 T _text\n"
			      "ffffffffc0000f00 T lookup\n"
			      "ffffffffc0000f80 D _end\n"
			      "ffffffffc0000800 t of_the_kernels_own_list\t[bpf]\n";

/* call lookup; call OTHER; ja the pop; call *%rax; pop; jmp lookup + 4 */
static const uint8_t main_code[] = { 0xe8, 0xfb, 0xfe, 0xff, 0xff, 0xe8, 0xf6, 0xf7, 0xff, 0xff,
				     0x77, 0x02, 0xff, 0xd0, 0x5b, 0xe9, 0xf0, 0xfe, 0xff, 0xff };
static const uint8_t other_code[] = { 0xeb, 0xfe, 0xc3 };

static void add(struct image *image, const char *name, uint64_t address, const void *bytes,
		size_t len)
{
	struct image_function function = { .address = address, .bytes = bytes, .len = len };

	buf_addstr(&function.name, name);
	assert_int_equal(vec_push(&image->functions, function), 0);
}

static void check_targets(const struct image *image, const struct ksyms *ksyms, size_t index,
			  const char *expected)
{
	struct buf text AUTO_BUF = BUF_EMPTY;

	vec_each (insn, &image->functions.v[index].code.insns) {
		if (!insn->branches)
			continue;
		if (!image_name(image, ksyms, insn->target, &text))
			buf_addstr(&text, "?");
		buf_addch(&text, ' ');
	}
	assert_string_equal(buf_str(&text), expected);
}

static void test_names(void **state)
{
	AUTO(native) struct native *native = NULL;
	AUTO(ksyms) struct ksyms *ksyms = ksyms_new();
	struct image image = { 0 };

	(void)state;
	add(&image, "main", MAIN, main_code, sizeof(main_code));
	add(&image, "other", OTHER, other_code, sizeof(other_code));
	assert_int_equal(native_open(&native, "x86_64"), 0);
	assert_int_equal(image_decode(&image, native), 0);
	check_targets(&image, ksyms, 0, "? other main+0xe ? ");

	assert_int_equal(image_want(&image, ksyms), 0);
	assert_int_equal(ksyms_scan(ksyms, symbols, strlen(symbols)), 0);
	check_targets(&image, ksyms, 0, "lookup other main+0xe lookup+0x4 ");
	check_targets(&image, ksyms, 1, "other ");
	image_free(&image);
}

/* What the program itself can name is not looked up. */
static void test_only_foreign_targets_are_wanted(void **state)
{
	AUTO(native) struct native *native = NULL;
	AUTO(ksyms) struct ksyms *ksyms = ksyms_new();
	struct image image = { 0 };
	uint64_t offset;

	(void)state;
	add(&image, "other", OTHER, other_code, sizeof(other_code));
	assert_int_equal(native_open(&native, "x86_64"), 0);
	assert_int_equal(image_decode(&image, native), 0);
	assert_int_equal(image_want(&image, ksyms), 0);
	assert_int_equal(ksyms_scan(ksyms, symbols, strlen(symbols)), 0);
	assert_null(ksyms_name(ksyms, OTHER, &offset));
	image_free(&image);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_only_foreign_targets_are_wanted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
