// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* lib/btf/cdump: C from BTF, its order, and BTF whose C would have no end. */
#include "../bpf/hello_object.h"
#include "btf.h"
#include "btf/cdump.h"
#include "btf/corder.h"
#include "elf/elf.h"
#include "rawbtf/check.h"
#include "rawbtf/check_c.h"
#include "rawbtf/rawbtf.h"

/* Opened BTF; `raw` is what cdump() is given the address of. */
struct opened {
	struct rawbtf raw;
	struct cdump from;
};

static void open_bytes(const void *data, size_t size, const struct opened *base,
		       struct opened *opened)
{
	*opened = (struct opened){ 0 };
	assert_non_null(data);
	assert_int_equal(rawbtf_open_split(data, size, base ? &base->raw : NULL, &opened->raw), 0);
	opened->from = (struct cdump){
		.data = data,
		.size = size,
		.raw = &opened->raw,
		.base = base ? &base->from : NULL,
	};
}

static void open_btf(const struct btf *btf, const struct opened *base, struct opened *opened)
{
	uint32_t size;
	const void *data = btf__raw_data(btf, &size);

	open_bytes(data, size, base, opened);
}

static int dump(const struct opened *opened, const struct cdump_choice *choice, struct buf *text)
{
	auto_fd int fd = memfd_create("out", MFD_CLOEXEC);
	struct out *out AUTO(out) = out_new(fd, OUT_TEXT);
	int err = cdump(out, &opened->from, choice);

	assert_int_equal(out_finish(out), 0);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	assert_int_equal(file_read_fd(fd, 1 << 30, text), 0);
	return err;
}

/* What stands between the frame's head and its tail. */
static void assert_c(const struct btf *btf, const struct cdump_choice *choice, const char *expected)
{
	static const char begin[] = "#define __bpf_fastcall\n#endif\n#endif\n\n";
	static const char end[] = "#ifndef BPF_NO_PRESERVE_ACCESS_INDEX\n#pragma clang attribute "
				  "pop\n#endif\n\n#endif /* __VMLINUX_H__ */\n";
	struct buf text AUTO_BUF = BUF_EMPTY;
	struct opened opened;
	const char *body;

	open_btf(btf, NULL, &opened);
	assert_int_equal(dump(&opened, choice, &text), 0);
	body = strstr(buf_str(&text), begin);
	assert_non_null(body);
	body += strlen(begin);
	assert_true(text.len > strlen(end));
	assert_string_equal(text.data + text.len - strlen(end), end);
	text.data[text.len - strlen(end)] = '\0';
	assert_string_equal(body, expected);
	rawbtf_close(&opened.raw);
}

static void assert_no_c(const struct btf *btf, const char *message)
{
	const struct cdump_choice all = { 0 };
	struct buf text AUTO_BUF = BUF_EMPTY;
	struct opened opened;

	open_btf(btf, NULL, &opened);
	assert_int_equal(check_raw(&opened.raw), 0);
	assert_true(dump(&opened, &all, &text) < 0);
	assert_string_equal(fail_last()->text, message);
	assert_int_equal(text.len, 0);
	rawbtf_close(&opened.raw);
}

#define KFUNCS(...) "\n/* BPF kfuncs */\n#ifndef BPF_NO_KFUNC_PROTOTYPES\n" __VA_ARGS__ "#endif\n\n"

static void orders(void **state)
{
	struct btf *btf AUTO(types) = btf__new_empty();

	(void)state;
	btf__add_int(btf, "int", 4, BTF_INT_SIGNED);
	btf__add_struct(btf, "b", 4);
	btf__add_field(btf, "x", 1, 0, 0);
	btf__add_struct(btf, "a", 4);
	btf__add_field(btf, "y", 1, 0, 0);
	btf__add_enum(btf, NULL, 4);
	btf__add_enum_value(btf, "ONE", 1);
	assert_c(btf, &(struct cdump_choice){ .unsorted = true },
		 "struct b {\n\tint x;\n};\n\nstruct a {\n\tint y;\n};\n\n"
		 "enum {\n\tONE = 1,\n};\n\n" KFUNCS());
	assert_c(btf, &(struct cdump_choice){ 0 },
		 "enum {\n\tONE = 1,\n};\n\nstruct a {\n\tint y;\n};\n\n"
		 "struct b {\n\tint x;\n};\n\n" KFUNCS());
	assert_c(btf, &(struct cdump_choice){ (const uint32_t[]){ 3 }, 1, false },
		 "struct a {\n\tint y;\n};\n\n");
}

static void assert_order(const struct btf *btf, size_t count, const uint32_t *expected)
{
	struct opened opened;
	auto_free uint32_t *order = NULL;

	open_btf(btf, NULL, &opened);
	order = corder_new(&opened.raw);
	assert_int_equal(opened.raw.count - 1, count);
	assert_memory_equal(order, expected, count * sizeof(*order));
	rawbtf_close(&opened.raw);
}

/* Kinds, then names, then what has the same name by its members. */
static void order_of_kinds(void **state)
{
	static const uint32_t expected[] = { 5, 4, 1, 3, 2, 7, 6 };
	struct btf *btf AUTO(types) = btf__new_empty();

	(void)state;
	btf__add_int(btf, "int", 4, BTF_INT_SIGNED); /* 1 */
	btf__add_struct(btf, "s", 4);                /* 2 */
	btf__add_field(btf, "b", 1, 0, 0);
	btf__add_struct(btf, "s", 4); /* 3 */
	btf__add_field(btf, "a", 1, 0, 0);
	btf__add_enum(btf, "e", 4);    /* 4 */
	btf__add_enum(btf, NULL, 4);   /* 5 */
	btf__add_ptr(btf, 2);          /* 6 */
	btf__add_typedef(btf, "t", 2); /* 7 */
	assert_order(btf, COUNT(expected), expected);
}

static void declarations(void **state)
{
	struct btf *btf AUTO(types) = btf__new_empty();

	(void)state;
	btf__add_int(btf, "int", 4, BTF_INT_SIGNED); /* 1 */
	btf__add_func_proto(btf, 1);                 /* 2 */
	btf__add_func_param(btf, "x", 1);
	btf__add_func_param(btf, NULL, 0);
	btf__add_ptr(btf, 2);                  /* 3 */
	btf__add_func_proto(btf, 0);           /* 4 */
	btf__add_ptr(btf, 4);                  /* 5 */
	btf__add_fwd(btf, "f", BTF_FWD_UNION); /* 6 */
	btf__add_ptr(btf, 6);                  /* 7 */
	btf__add_type_tag(btf, "user", 1);     /* 8 */
	btf__add_ptr(btf, 8);                  /* 9 */
	btf__add_struct(btf, "s", 40);         /* 10 */
	btf__add_field(btf, "low", 1, 0, 3);
	btf__add_field(btf, "call", 3, 64, 0);
	btf__add_field(btf, "none", 5, 128, 0);
	btf__add_field(btf, "u", 7, 192, 0);
	btf__add_field(btf, "tagged", 9, 256, 0);
	assert_c(btf, &(struct cdump_choice){ .unsorted = true },
		 "union f;\n\n"
		 "struct s {\n"
		 "\tint low: 3;\n"
		 "\tint (*call)(int x, ...);\n"
		 "\tvoid (*none)(void);\n"
		 "\tunion f *u;\n"
		 "\tint __attribute__((btf_type_tag(\"user\"))) *tagged;\n"
		 "};\n\n" KFUNCS());
}

static void kernel_functions(void **state)
{
	struct btf *btf AUTO(types) = btf__new_empty();

	(void)state;
	btf__add_int(btf, "int", 4, BTF_INT_SIGNED); /* 1 */
	btf__add_func_proto(btf, 1);                 /* 2 */
	btf__add_func_param(btf, "x", 1);
	btf__add_func(btf, "second", BTF_FUNC_STATIC, 2); /* 3 */
	btf__add_func(btf, "first", BTF_FUNC_STATIC, 2);  /* 4 */
	btf__add_func(btf, "other", BTF_FUNC_STATIC, 2);  /* 5 */
	btf__add_decl_tag(btf, "bpf_kfunc", 3, -1);
	btf__add_decl_tag(btf, "bpf_kfunc", 4, -1);
	btf__add_decl_tag(btf, "bpf_fastcall", 4, -1);
	btf__add_decl_tag(btf, "bpf_kfunc", 5, 0);
	assert_c(btf, &(struct cdump_choice){ 0 },
		 KFUNCS("extern __bpf_fastcall int first(int x) __weak __ksym;\n"
			"extern int second(int x) __weak __ksym;\n"));
}

static void split(void **state)
{
	struct btf *base = new_btf(), *btf AUTO(types) = NULL;
	struct opened below, opened;
	struct buf text AUTO_BUF = BUF_EMPTY;
	uint32_t id;

	(void)state;
	add_point(base);
	btf = btf__new_empty_split(base);
	id = (uint32_t)btf__add_struct(btf, "line", 16);
	btf__add_field(btf, "from", FIRST_FREE, 0, 0);
	btf__add_field(btf, "to", FIRST_FREE, 64, 0);
	open_btf(base, NULL, &below);
	open_btf(btf, &below, &opened);
	assert_int_equal(dump(&opened, &(struct cdump_choice){ &id, 1, false }, &text), 0);
	assert_non_null(strstr(buf_str(&text), "struct point {\n\tint x;\n\tint y;\n};\n\n"
					       "struct line {\n\tstruct point from;\n"
					       "\tstruct point to;\n};\n\n"));
	rawbtf_close(&opened.raw);
	rawbtf_close(&below.raw);
}

/* Unnamed types are written where they are used: two of each level come to 2^40. */
static void doubled(void **state)
{
	struct btf *btf AUTO(types) = new_btf();
	int of = INT;

	(void)state;
	for (int level = 0; level < 40; level++) {
		int id = btf__add_union(btf, NULL, 4);

		btf__add_field(btf, "left", of, 0, 0);
		btf__add_field(btf, "right", of, 0, 0);
		of = id;
	}
	assert_no_c(btf, "BTF has more than 50000000 declarations in C");
}

/* Structs without names that point to one another have to be written within one another. */
static void deep(void **state)
{
	struct btf *btf AUTO(types) = new_btf();
	int to = INT;

	(void)state;
	for (int level = 0; level < 100000; level++) {
		int pointer = btf__add_ptr(btf, to);

		to = btf__add_struct(btf, NULL, 8);
		btf__add_field(btf, "next", pointer, 0, 0);
	}
	assert_no_c(btf, "BTF type [265] struct nests deeper than 250");
}

static void within_itself(void **state)
{
	struct btf *btf AUTO(types) = new_btf();

	(void)state;
	btf__add_ptr(btf, FIRST_FREE + 1);
	btf__add_struct(btf, NULL, 8);
	btf__add_field(btf, "self", FIRST_FREE, 0, 0);
	assert_no_c(btf, "BTF type [16] pointer is declared by itself");
}

static void gaps(void **state)
{
	struct btf *btf AUTO(types) = new_btf();

	(void)state;
	btf__add_array(btf, INT, CHAR, 1 << 30);
	btf__add_struct(btf, "large", INT32_MAX);
	assert_no_c(btf,
		    "BTF type [17] struct 'large' has gaps, 2147483647 bytes with those before");
}

static void names(void **state)
{
	struct btf *btf AUTO(types) = new_btf();

	(void)state;
	btf__add_struct(btf, "s", 4);
	btf__add_field(btf, "x;\n#include </etc/passwd>\nint y", INT, 0, 0);
	assert_no_c(btf, "BTF type [16] struct 's' has a name that cannot be shown");
}

static uint64_t next_random(uint64_t *random)
{
	*random ^= *random << 13;
	*random ^= *random >> 7;
	*random ^= *random << 17;
	return *random;
}

static void mutate(unsigned char *bytes, size_t size, uint64_t *random)
{
	for (uint64_t i = next_random(random) % 6; i < 6; i++) {
		size_t at = sizeof(struct btf_header) +
			    next_random(random) % ((size - sizeof(struct btf_header)) / 4) * 4;
		uint32_t word;

		memcpy(&word, bytes + at, 4);
		switch (next_random(random) % 3) {
		case 0:
			word = (uint32_t)next_random(random) % 40;
			break;
		case 1:
			word += (uint32_t)next_random(random) % 5 - 2;
			break;
		default:
			word ^= 1U << next_random(random) % 32;
		}
		memcpy(bytes + at, &word, 4);
	}
}

/* What the checks let through libbpf writes, or refuses. */
static void mutations(void **state)
{
	const struct cdump_choice all = { 0 };
	struct elf elf AUTO_ELF = { 0 };
	const struct elf_section *section;
	uint64_t random = 1;
	unsigned int written = 0;

	(void)state;
	assert_int_equal(elf_parse("hello", hello_object_start,
				   (size_t)(hello_object_end - hello_object_start), &elf),
			 0);
	section = elf_section(&elf, ".BTF");
	for (unsigned int i = 0; i < 5000; i++) {
		auto_free unsigned char *bytes = malloc(section->size);
		struct rawbtf raw AUTO_RAWBTF = { 0 };
		struct buf text AUTO_BUF = BUF_EMPTY;
		struct opened opened;

		memcpy(bytes, section->data, section->size);
		mutate(bytes, section->size, &random);
		if (rawbtf_open(bytes, section->size, &raw) || check_raw(&raw))
			continue;
		open_bytes(bytes, section->size, NULL, &opened);
		written += !dump(&opened, &all, &text);
		rawbtf_close(&opened.raw);
	}
	assert_in_range(written, 10, 4990);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(orders),       cmocka_unit_test(order_of_kinds),
		cmocka_unit_test(declarations), cmocka_unit_test(kernel_functions),
		cmocka_unit_test(split),        cmocka_unit_test(doubled),
		cmocka_unit_test(deep),         cmocka_unit_test(within_itself),
		cmocka_unit_test(gaps),         cmocka_unit_test(names),
		cmocka_unit_test(mutations),
	};

	return cmocka_run_group_tests_name("cdump", tests, NULL, NULL);
}
