// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* lib/rawbtf: BTF that says what it may not, byte by byte. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../bpf/hello_object.h"
#include "base/err.h" /* before cmocka.h, which defines a macro fail() */
#include "elf/elf.h"
#include "rawbtf/btfext.h"
#include "rawbtf/check.h"
#include "rawbtf/rawbtf.h"

#include <cmocka.h>

/* BTF under construction: words of types, bytes of strings. */
struct builder {
	uint32_t words[1024];
	uint32_t count; /* of words */
	uint32_t last;  /* type id */
	char strings[1024];
	uint32_t strings_size;
};

static uint32_t add_string(struct builder *b, const char *string)
{
	uint32_t at = b->strings_size ?: 1;

	memcpy(b->strings + at, string, strlen(string) + 1);
	b->strings_size = at + (uint32_t)strlen(string) + 1;
	return at;
}

static uint32_t add_words(struct builder *b, size_t count, const uint32_t *words)
{
	memcpy(b->words + b->count, words, count * sizeof(*words));
	b->count += (uint32_t)count;
	return b->last;
}

#define WORDS(...)                                                        \
	sizeof((const uint32_t[]){ __VA_ARGS__ }) / 4, (const uint32_t[]) \
	{                                                                 \
		__VA_ARGS__                                               \
	}
#define INFO(kind, vlen) ((uint32_t)(kind) << 24 | (vlen))

/* A type and what follows its header; returns its id. */
#define ADD(b, name, kind, vlen, third, ...)                                      \
	((b)->last++, add_words((b), WORDS(*(name) ? add_string((b), (name)) : 0, \
					   INFO((kind), (vlen)), (third), ##__VA_ARGS__)))

static uint32_t add_int(struct builder *b)
{
	return ADD(b, "int", BTF_KIND_INT, 0, 4, 32);
}

/* The finished bytes; heap. */
static unsigned char *finish(const struct builder *b, size_t *size)
{
	uint32_t strings_size = b->strings_size ?: 1;
	struct btf_header header = {
		.magic = BTF_MAGIC,
		.version = BTF_VERSION,
		.hdr_len = sizeof(header),
		.type_len = b->count * 4,
		.str_off = b->count * 4,
		.str_len = strings_size,
	};
	unsigned char *bytes;

	*size = sizeof(header) + b->count * 4 + strings_size;
	bytes = malloc(*size);
	assert_non_null(bytes);
	memcpy(bytes, &header, sizeof(header));
	memcpy(bytes + sizeof(header), b->words, b->count * 4);
	memcpy(bytes + sizeof(header) + b->count * 4, b->strings, strings_size);
	return bytes;
}

static int check(const struct builder *b)
{
	size_t size;
	unsigned char *bytes = finish(b, &size);
	int err = check_btf(bytes, size, NULL);

	free(bytes);
	return err;
}

#define ASSERT_FINE(b) assert_int_equal(check(b), 0)
#define ASSERT_REFUSED(b, message)                               \
	do {                                                     \
		assert_int_equal(check(b), -EINVAL);             \
		assert_string_equal(fail_last()->text, message); \
	} while (0)

static void test_headers(void **state)
{
	struct builder b = { 0 };
	size_t size;
	unsigned char *bytes;
	struct btf_header *header;

	(void)state;
	add_int(&b);
	bytes = finish(&b, &size);
	header = (struct btf_header *)bytes;
	assert_int_equal(check_btf(bytes, size, NULL), 0);
	assert_int_equal(check_btf(bytes, 23, NULL), -EINVAL);
	assert_string_equal(fail_last()->text,
			    "BTF is cut off: its header needs 24 bytes, it has 23");
	assert_int_equal(check_btf(bytes, size - 1, NULL), -EINVAL);
	assert_string_equal(fail_last()->text, "BTF is cut off: its strings end at 45, it has 44");
	header->magic = 0x9feb;
	assert_int_equal(check_btf(bytes, size, NULL), -EINVAL);
	assert_string_equal(fail_last()->text, "BTF is of the other byte order");
	header->magic = BTF_MAGIC;
	header->hdr_len = 0;
	assert_int_equal(check_btf(bytes, size, NULL), -EINVAL);
	assert_string_equal(fail_last()->text, "BTF has a header of 0 bytes");
	header->hdr_len = 24;
	header->str_off = 12;
	assert_int_equal(check_btf(bytes, size, NULL), -EINVAL);
	assert_string_equal(fail_last()->text, "BTF has types at 0, 16 bytes, strings at 12");
	header->str_off = 16;
	bytes[size - 1] = 'x';
	assert_int_equal(check_btf(bytes, size, NULL), -EINVAL);
	assert_string_equal(fail_last()->text, "BTF has strings without their NUL bytes");
	free(bytes);
}

static void test_types_end_in_bounds(void **state)
{
	struct builder b = { 0 }, unknown = { 0 }, cut = { 0 };

	(void)state;
	add_int(&b);
	ADD(&b, "s", BTF_KIND_STRUCT, 2, 8, 0, 1, 0);
	ASSERT_REFUSED(&b, "BTF type [2] goes beyond the end of the types");
	ADD(&unknown, "x", 20, 0, 0);
	ASSERT_REFUSED(&unknown, "BTF type [1] is of unknown kind 20");
	add_words(&cut, WORDS(0, INFO(BTF_KIND_PTR, 0)));
	ASSERT_REFUSED(&cut, "BTF type [1] goes beyond the end of the types");
}

static void test_references(void **state)
{
	struct builder b = { 0 }, name = { 0 }, kind = { 0 }, member = { 0 };

	(void)state;
	ADD(&b, "", BTF_KIND_PTR, 0, 2);
	ASSERT_REFUSED(&b, "BTF type [1] pointer refers to type [2], the last is [1]");
	add_int(&name);
	name.words[0] = 99;
	ASSERT_REFUSED(&name, "BTF type [1] int has a name at 99, there are 5 bytes of strings");
	add_int(&kind);
	ADD(&kind, "v", BTF_KIND_VAR, 0, 1, BTF_VAR_STATIC);
	ADD(&kind, "t", BTF_KIND_TYPEDEF, 0, 2);
	ASSERT_REFUSED(&kind, "BTF type [3] typedef 't' refers to [2], which is a variable");
	add_int(&member);
	ADD(&member, "s", BTF_KIND_STRUCT, 1, 4, 77, 1, 0);
	ASSERT_REFUSED(&member,
		       "BTF type [2] struct 's' has a name at 77, there are 7 bytes of strings");
}

static void test_cycles(void **state)
{
	struct builder alias = { 0 }, itself = { 0 }, pointer = { 0 }, list = { 0 };

	(void)state;
	ADD(&alias, "a", BTF_KIND_TYPEDEF, 0, 2);
	ADD(&alias, "", BTF_KIND_CONST, 0, 1);
	ASSERT_REFUSED(&alias, "BTF type [1] typedef 'a' contains itself");
	ADD(&itself, "s", BTF_KIND_STRUCT, 1, 8, 0, 2, 0);
	ADD(&itself, "", BTF_KIND_ARRAY, 0, 0, 1, 1, 1);
	ASSERT_REFUSED(&itself, "BTF type [1] struct 's' contains itself");
	ADD(&pointer, "", BTF_KIND_PTR, 0, 2);
	ADD(&pointer, "", BTF_KIND_FUNC_PROTO, 0, 1);
	ASSERT_REFUSED(&pointer, "BTF type [1] pointer is declared by itself");
	ADD(&list, "s", BTF_KIND_STRUCT, 1, 8, 0, 2, 0);
	ADD(&list, "", BTF_KIND_PTR, 0, 1);
	ASSERT_FINE(&list);
}

static void test_depth(void **state)
{
	struct builder deep = { 0 }, spelled = { 0 };

	(void)state;
	add_int(&deep);
	for (uint32_t i = 1; i < BTF_NESTED_MAX; i++)
		ADD(&deep, "", BTF_KIND_CONST, 0, i);
	ASSERT_FINE(&deep);
	ADD(&deep, "", BTF_KIND_CONST, 0, BTF_NESTED_MAX);
	ASSERT_REFUSED(&deep, "BTF type [65] const nests deeper than 64");
	add_int(&spelled);
	for (uint32_t i = 1; i < BTF_SPELLED_MAX; i++)
		ADD(&spelled, "", BTF_KIND_PTR, 0, i);
	ASSERT_FINE(&spelled);
	ADD(&spelled, "", BTF_KIND_PTR, 0, BTF_SPELLED_MAX);
	ASSERT_REFUSED(&spelled, "BTF type [65] pointer nests deeper than 64");
}

static void test_sizes(void **state)
{
	struct builder bits = { 0 }, enumerated = { 0 }, real = { 0 }, large = { 0 };

	(void)state;
	ADD(&bits, "i", BTF_KIND_INT, 0, 4, 33);
	ASSERT_REFUSED(&bits, "BTF type [1] int 'i' has 4 bytes, 33 bits");
	ADD(&enumerated, "e", BTF_KIND_ENUM, 0, 3);
	ASSERT_REFUSED(&enumerated, "BTF type [1] enum 'e' has 3 bytes");
	ADD(&real, "f", BTF_KIND_FLOAT, 0, 5);
	ASSERT_REFUSED(&real, "BTF type [1] float 'f' has 5 bytes");
	ADD(&large, "s", BTF_KIND_STRUCT, 0, 0x80000000);
	ASSERT_REFUSED(&large, "BTF type [1] struct 's' has 2147483648 bytes");
}

static void test_members(void **state)
{
	struct builder beyond = { 0 }, empty = { 0 }, bits = { 0 }, wrong = { 0 };

	(void)state;
	add_int(&beyond);
	ADD(&beyond, "s", BTF_KIND_STRUCT, 1, 8, 0, 1, 40);
	ASSERT_REFUSED(&beyond,
		       "BTF type [2] struct 's' has 8 bytes, its member 0 ends beyond them");
	ADD(&empty, "s", BTF_KIND_STRUCT, 1, 8, 0, 0, 0);
	ASSERT_REFUSED(&empty, "BTF type [1] struct 's' has a member, 0, without a size");
	add_int(&bits);
	ADD(&bits, "s", BTF_KIND_STRUCT, 1, 4, 0, 1, 3 << 24 | 30);
	bits.words[5] |= 1U << 31;
	ASSERT_REFUSED(&bits, "BTF type [2] struct 's' has a bit field, member 0, beyond its size");
	ADD(&wrong, "", BTF_KIND_PTR, 0, 0);
	ADD(&wrong, "s", BTF_KIND_STRUCT, 1, 8, 0, 1, 3 << 24);
	wrong.words[4] |= 1U << 31;
	ASSERT_REFUSED(&wrong,
		       "BTF type [2] struct 's' has a bit field, member 0, of no integer type");
}

static void test_functions(void **state)
{
	struct builder b = { 0 }, linkage = { 0 };

	(void)state;
	add_int(&b);
	ADD(&b, "f", BTF_KIND_FUNC, BTF_FUNC_GLOBAL, 1);
	ASSERT_REFUSED(&b, "BTF type [2] function 'f' has no prototype");
	ADD(&linkage, "", BTF_KIND_FUNC_PROTO, 0, 0);
	ADD(&linkage, "f", BTF_KIND_FUNC, 3, 1);
	ASSERT_REFUSED(&linkage, "BTF type [2] function 'f' is of unknown linkage 3");
}

static void test_sections(void **state)
{
	struct builder entry = { 0 }, offset = { 0 }, twice = { 0 };

	(void)state;
	add_int(&entry);
	ADD(&entry, ".bss", BTF_KIND_DATASEC, 1, 4, 1, 0, 4);
	ASSERT_REFUSED(&entry, "BTF type [2] section '.bss' lists [1], which is no variable");
	add_int(&offset);
	ADD(&offset, "v", BTF_KIND_VAR, 0, 1, BTF_VAR_STATIC);
	ADD(&offset, ".bss", BTF_KIND_DATASEC, 1, 4, 2, 0x7fffffff, 4);
	ASSERT_REFUSED(&offset,
		       "BTF type [3] section '.bss' has variable 'v' at 2147483647, 4 bytes");
	ADD(&twice, ".maps", BTF_KIND_DATASEC, 0, 4);
	ADD(&twice, ".maps", BTF_KIND_DATASEC, 0, 4);
	ASSERT_REFUSED(&twice, "BTF type [2] section '.maps' is there a second time");
}

static void test_special_sections(void **state)
{
	struct builder kconfig = { 0 }, ops = { 0 };

	(void)state;
	ADD(&kconfig, "u", BTF_KIND_UNION, 0, 4);
	ADD(&kconfig, "CONFIG_X", BTF_KIND_VAR, 0, 1, BTF_VAR_GLOBAL_EXTERN);
	ADD(&kconfig, ".kconfig", BTF_KIND_DATASEC, 1, 4, 2, 0, 4);
	ASSERT_REFUSED(&kconfig, "BTF type [3] section '.kconfig' has variable 'CONFIG_X', which "
				 "is no integer, enum or string");
	add_int(&ops);
	ADD(&ops, "", BTF_KIND_ARRAY, 0, 0, 1, 1, 26);
	ADD(&ops, "", BTF_KIND_PTR, 0, 2);
	ADD(&ops, "", BTF_KIND_STRUCT, 1, 8, add_string(&ops, "type"), 3, 0);
	ADD(&ops, "m", BTF_KIND_VAR, 0, 4, BTF_VAR_GLOBAL_ALLOCATED);
	ADD(&ops, ".maps", BTF_KIND_DATASEC, 1, 8, 5, 0, 8);
	ASSERT_REFUSED(&ops, "BTF type [6] section '.maps' has map 'm' of type struct_ops");
}

/* The sections of the bundled object, which are fine. */
static void hello_sections(struct elf *elf, const struct elf_section **btf,
			   const struct elf_section **ext)
{
	size_t size = (size_t)(hello_object_end - hello_object_start);

	assert_int_equal(elf_parse("hello", hello_object_start, size, elf), 0);
	*btf = elf_section(elf, ".BTF");
	*ext = elf_section(elf, ".BTF.ext");
	assert_non_null(*btf);
	assert_non_null(*ext);
}

static void test_compiled(void **state)
{
	struct elf elf AUTO_ELF = { 0 };
	const struct elf_section *btf, *ext;
	struct check_counts counts;

	(void)state;
	hello_sections(&elf, &btf, &ext);
	assert_int_equal(check_btf(btf->data, btf->size, &counts), 0);
	assert_true(counts.types > 10);
	assert_int_equal(counts.vars, 3);
	assert_int_equal(counts.maps, 0);
	assert_int_equal(check_btf_ext(ext->data, ext->size, btf->data, btf->size), 0);
	for (size_t len = 0; len < btf->size; len++)
		assert_int_equal(check_btf(btf->data, len, NULL), -EINVAL);
	/* What follows the last table may be anything. */
	for (size_t len = 0; len < ext->size - 4; len++)
		assert_int_not_equal(check_btf_ext(ext->data, len, btf->data, btf->size), 1);
}

/* .BTF.ext with one record of each kind, for a .BTF of one function. */
struct ext_file {
	uint32_t magic, header_size, spans[6];
	uint32_t func_size, func_group[2];
	struct btfext_func func;
	uint32_t line_size, line_group[2];
	struct btfext_line line;
	uint32_t relo_size, relo_group[2];
	struct btfext_relo relo;
};

static const struct ext_file good_ext = {
	.magic = BTF_MAGIC | BTF_VERSION << 16,
	.header_size = 32,
	.spans = { 0, 20, 20, 28, 48, 28 },
	.func_size = 8,
	.func_group = { 1, 1 },
	.func = { .insn_off = 0, .type_id = 2 },
	.line_size = 16,
	.line_group = { 1, 1 },
	.line = { .insn_off = 8, .file_name_off = 1, .line_off = 1, .line_col = 5 << 10 | 1 },
	.relo_size = 16,
	.relo_group = { 1, 1 },
	.relo = { .insn_off = 16, .type_id = 1, .access_str_off = 3 },
};

static int check_ext(const struct ext_file *ext, const char *access)
{
	struct builder b = { 0 };
	size_t size;
	unsigned char *bytes;
	int err;

	ADD(&b, "", BTF_KIND_FUNC_PROTO, 0, 0);
	assert_int_equal(add_string(&b, "f"), 1);
	assert_int_equal(add_string(&b, access), 3);
	ADD(&b, "", BTF_KIND_FUNC, BTF_FUNC_GLOBAL, 1);
	bytes = finish(&b, &size);
	err = check_btf_ext(ext, sizeof(*ext), bytes, size);
	free(bytes);
	return err;
}

#define ASSERT_EXT_REFUSED(ext, access, message)                             \
	do {                                                                 \
		assert_int_equal(check_ext((ext), (access)), -EINVAL);       \
		assert_string_equal(fail_last()->text, "BTF.ext: " message); \
	} while (0)

static void test_ext_records(void **state)
{
	struct ext_file ext = good_ext;

	(void)state;
	assert_int_equal(check_ext(&ext, "0:1:12"), 0);
	ext.func.type_id = 1;
	ASSERT_EXT_REFUSED(&ext, "0", "function at byte 0 has no such string or type");
	ext = good_ext;
	ext.line.file_name_off = 1000;
	ASSERT_EXT_REFUSED(&ext, "0", "line at byte 8 has no such string or type");
	ext = good_ext;
	ext.line.insn_off = 9;
	ASSERT_EXT_REFUSED(&ext, "0", "record for byte 9, between instructions");
	ext = good_ext;
	ext.relo.type_id = 3;
	ASSERT_EXT_REFUSED(&ext, "0", "relocation at byte 16 has no such string or type");
	ext = good_ext;
	ASSERT_EXT_REFUSED(&ext, "0:-5", "relocation at byte 16 accesses '0:-5'");
	ASSERT_EXT_REFUSED(&ext, "", "relocation at byte 16 accesses ''");
	ASSERT_EXT_REFUSED(&ext, "0:", "relocation at byte 16 accesses '0:'");
	ASSERT_EXT_REFUSED(&ext, "4294967296", "relocation at byte 16 accesses '4294967296'");
}

static void test_ext_tables(void **state)
{
	struct ext_file ext = good_ext;

	(void)state;
	ext.func_group[1] = 2;
	ASSERT_EXT_REFUSED(&ext, "0", "a group of 2 functions, 16 bytes are left");
	ext = good_ext;
	ext.func_group[1] = 0;
	ASSERT_EXT_REFUSED(&ext, "0", "a group of 0 functions, 16 bytes are left");
	ext = good_ext;
	ext.func_size = 4;
	ASSERT_EXT_REFUSED(&ext, "0", "records of 4 bytes for functions");
	ext = good_ext;
	ext.spans[3] = 1000;
	ASSERT_EXT_REFUSED(&ext, "0", "lines at 20, 1000 bytes, of 76");
}

static uint32_t next_random(uint64_t *state)
{
	*state = *state * 6364136223846793005ULL + 1442695040888963407ULL;
	return (uint32_t)(*state >> 33);
}

/* A few words changed, to numbers that mean something here. */
static void mutate(unsigned char *bytes, size_t size, uint64_t *random)
{
	for (uint32_t left = 1 + next_random(random) % 3; left; left--) {
		size_t at = next_random(random) % (size / 4) * 4;
		uint32_t word;

		memcpy(&word, bytes + at, 4);
		switch (next_random(random) % 4) {
		case 0:
			word = next_random(random) % 40;
			break;
		case 1:
			word += next_random(random) % 5 - 2;
			break;
		case 2:
			word ^= 1U << next_random(random) % 32;
			break;
		default:
			memcpy(&word, bytes + next_random(random) % (size / 4) * 4, 4);
		}
		memcpy(bytes + at, &word, 4);
	}
}

/* Whatever the bytes: an answer, and what is taken can be walked through. */
static void test_mutations(void **state)
{
	struct elf elf AUTO_ELF = { 0 };
	const struct elf_section *btf, *ext;
	uint64_t random = 1;
	unsigned int taken = 0;

	(void)state;
	hello_sections(&elf, &btf, &ext);
	for (unsigned int i = 0; i < 50000; i++) {
		unsigned char *types = malloc(btf->size), *records = malloc(ext->size);

		memcpy(types, btf->data, btf->size);
		memcpy(records, ext->data, ext->size);
		mutate(types, btf->size, &random);
		mutate(records, ext->size, &random);
		if (!check_btf(types, btf->size, NULL)) {
			taken++;
			(void)check_btf_ext(records, ext->size, types, btf->size);
		}
		free(types);
		free(records);
	}
	assert_in_range(taken, 100, 49900);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_headers),    cmocka_unit_test(test_types_end_in_bounds),
		cmocka_unit_test(test_references), cmocka_unit_test(test_cycles),
		cmocka_unit_test(test_depth),      cmocka_unit_test(test_sizes),
		cmocka_unit_test(test_members),    cmocka_unit_test(test_functions),
		cmocka_unit_test(test_sections),   cmocka_unit_test(test_special_sections),
		cmocka_unit_test(test_compiled),   cmocka_unit_test(test_ext_records),
		cmocka_unit_test(test_ext_tables), cmocka_unit_test(test_mutations),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
