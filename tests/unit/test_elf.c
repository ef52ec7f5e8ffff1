// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* lib/elf and lib/bpf/objfile.c: what is read from an object file, and what is refused, and how. */
#include <elf.h>
#include <errno.h>
#include <linux/bpf.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../bpf/hello_object.h"
#include "base/err.h" /* before cmocka.h, which defines a macro fail() */
#include "bpf/globals.h"
#include "bpf/objfile.h"
#include "elf/elf.h"
#include "elf/elf_lines.h"

#include <cmocka.h>

/* A copy of the bundled object, to be damaged. */
struct copy {
	size_t size;
	unsigned char *bytes;
	Elf64_Ehdr *header;
	Elf64_Shdr *sections;
};

static struct copy copy_hello(void)
{
	struct copy copy = { .size = (size_t)(hello_object_end - hello_object_start) };

	copy.bytes = malloc(copy.size);
	assert_non_null(copy.bytes);
	memcpy(copy.bytes, hello_object_start, copy.size);
	copy.header = (Elf64_Ehdr *)copy.bytes;
	copy.sections = (Elf64_Shdr *)(copy.bytes + copy.header->e_shoff);
	return copy;
}

/* The section header of that name, or of the symbol table. */
static Elf64_Shdr *find(const struct copy *copy, const char *name)
{
	const Elf64_Shdr *names = &copy->sections[copy->header->e_shstrndx];

	for (unsigned int i = 0; i < copy->header->e_shnum; i++) {
		const unsigned char *at =
			copy->bytes + names->sh_offset + copy->sections[i].sh_name;

		if (!strcmp((const char *)at, name))
			return &copy->sections[i];
	}
	return NULL;
}

static Elf64_Sym *find_symbol(const struct copy *copy, const char *name)
{
	const Elf64_Shdr *table = find(copy, ".symtab");
	const Elf64_Shdr *names = &copy->sections[table->sh_link];
	Elf64_Sym *symbols = (Elf64_Sym *)(copy->bytes + table->sh_offset);

	for (size_t i = 0; i < table->sh_size / sizeof(*symbols); i++) {
		if (!strcmp((const char *)copy->bytes + names->sh_offset + symbols[i].st_name,
			    name))
			return &symbols[i];
	}
	return NULL;
}

static int parse(const struct copy *copy, size_t size)
{
	struct elf elf AUTO_ELF = { 0 };

	return elf_parse("x.o", copy->bytes, size, &elf);
}

static void assert_refused(const struct copy *copy, const char *message, const char *hint)
{
	assert_true(parse(copy, copy->size) < 0);
	assert_string_equal(fail_last()->text, message);
	assert_string_equal(fail_last()->hint, hint);
	free(copy->bytes);
}

static void assert_bytes_refused(const void *bytes, size_t size, const char *message)
{
	unsigned char *copied = malloc(size ?: 1);
	struct elf elf AUTO_ELF = { 0 };

	memcpy(copied, bytes, size);
	assert_int_equal(elf_parse("x.o", copied, size, &elf), -ENOEXEC);
	assert_string_equal(fail_last()->text, message);
	free(copied);
}

static void test_strangers(void **state)
{
	(void)state;
	assert_bytes_refused("", 0, "x.o: not an ELF file (empty)");
	assert_bytes_refused("int main;\n", 10, "x.o: not an ELF file (text)");
	assert_bytes_refused("\1\2\3", 3, "x.o: not an ELF file");
	assert_bytes_refused("BC\xc0\xde", 4, "x.o: not an ELF file (LLVM bitcode)");
	assert_bytes_refused("!<arch>\nxx", 10, "x.o: not an ELF file (an archive)");
	assert_bytes_refused("\x9f\xeb\1\0", 4, "x.o: not an ELF file (raw BTF)");
	assert_bytes_refused(hello_object_start, 20,
			     "x.o: truncated ELF file: its header has 64 bytes, file has 20");
}

static void test_truncated(void **state)
{
	struct copy copy = copy_hello();

	(void)state;
	for (size_t size = 64; size < copy.size; size++) {
		unsigned char *cut = malloc(size);
		struct elf elf AUTO_ELF = { 0 };

		memcpy(cut, copy.bytes, size);
		assert_int_equal(elf_parse("x.o", cut, size, &elf), -ENOEXEC);
		assert_memory_equal(fail_last()->text, "x.o: truncated ELF file: section table at ",
				    42);
		free(cut);
	}
	find(&copy, ".BTF")->sh_size = 1 << 20;
	assert_int_equal(parse(&copy, copy.size), -ENOEXEC);
	assert_memory_equal(fail_last()->text, "x.o: truncated ELF file: section ", 33);
	free(copy.bytes);
}

static void test_other_machines(void **state)
{
	struct copy copy = copy_hello();

	(void)state;
	copy.header->e_machine = EM_X86_64;
	assert_refused(&copy, "x.o: is an x86-64 object, not BPF",
		       "compile with clang -target bpf");
	copy = copy_hello();
	copy.header->e_machine = 4711;
	assert_refused(&copy, "x.o: is an object for machine 4711, not BPF",
		       "compile with clang -target bpf");
	copy = copy_hello();
	copy.header->e_ident[EI_CLASS] = ELFCLASS32;
	assert_refused(&copy, "x.o: is not a 64-bit ELF file, as BPF objects are", "");
	copy = copy_hello();
	copy.header->e_type = ET_DYN;
	assert_refused(&copy, "x.o: is of ELF type 3, not a relocatable object", "");
}

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
static void test_other_byte_order(void **state)
{
	struct copy copy = copy_hello();

	(void)state;
	copy.header->e_ident[EI_DATA] = ELFDATA2MSB;
	copy.header->e_machine = __builtin_bswap16(EM_BPF);
	assert_refused(&copy, "x.o: is a big-endian object, this machine is little-endian",
		       "compile with clang -target bpfel");
}
#endif

static void test_sections(void **state)
{
	struct copy copy = copy_hello();

	(void)state;
	find(&copy, ".symtab")->sh_type = SHT_PROGBITS;
	assert_refused(&copy, "x.o: has no symbol table, it was stripped",
		       "strip -g takes away no more than debugging information");
	copy = copy_hello();
	find(&copy, "license")->sh_type = SHT_NOBITS;
	assert_refused(&copy, "x.o: damaged ELF file: section 'license' is of type 8", "");
	copy = copy_hello();
	find(&copy, ".rodata")->sh_name = find(&copy, "license")->sh_name;
	assert_refused(&copy, "x.o: has two sections 'license'", "");
	copy = copy_hello();
	find(&copy, ".bss")->sh_size = 1ULL << 31;
	find_symbol(&copy, "counter")->st_size = 4;
	assert_refused(&copy, "x.o: section '.bss' has 2147483648 bytes", "");
	copy = copy_hello();
	copy.sections[0].sh_flags = SHF_EXECINSTR;
	assert_refused(&copy, "x.o: damaged ELF file: section 0 is not empty", "");
	copy = copy_hello();
	copy.header->e_shstrndx = 1000;
	assert_refused(&copy, "x.o: damaged ELF file: section names in section 1000", "");
}

static void test_symbols(void **state)
{
	struct copy copy = copy_hello();

	(void)state;
	find_symbol(&copy, "hello")->st_value = UINT64_MAX - 7;
	assert_refused(&copy, "x.o: damaged ELF file: 'hello' ends beyond its section 'xdp'", "");
	copy = copy_hello();
	find_symbol(&copy, "hello")->st_size = 0;
	assert_refused(&copy, "x.o: damaged ELF file: hello() has 0 bytes at 0 of 'xdp'", "");
	copy = copy_hello();
	find_symbol(&copy, "hello")->st_info = ELF64_ST_INFO(STB_LOCAL, STT_FUNC);
	assert_refused(&copy, "x.o: program hello() in SEC(\"xdp\") is static",
		       "take away 'static', or SEC(\"xdp\") if it is no program");
	copy = copy_hello();
	*find_symbol(&copy, "counter") = *find_symbol(&copy, "hello");
	assert_refused(&copy, "x.o: functions hello() and hello() overlap in 'xdp'", "");
}

static void test_code(void **state)
{
	struct copy copy = copy_hello();
	Elf64_Shdr *code = find(&copy, "xdp");
	Elf64_Rel *reloc = (Elf64_Rel *)(copy.bytes + find(&copy, ".relxdp")->sh_offset);

	(void)state;
	copy.bytes[code->sh_offset + code->sh_size - 8] = BPF_LD | BPF_IMM | BPF_DW;
	assert_refused(&copy, "x.o: damaged ELF file: hello() ends inside an instruction", "");
	copy = copy_hello();
	reloc = (Elf64_Rel *)(copy.bytes + find(&copy, ".relxdp")->sh_offset);
	reloc->r_offset = 1 << 20;
	reloc->r_info = ELF64_R_INFO(2, 1);
	assert_refused(&copy, "x.o: damaged ELF file: relocation 0 of 'xdp' at 1048576, symbol 2",
		       "");
	copy = copy_hello();
	reloc = (Elf64_Rel *)(copy.bytes + find(&copy, ".relxdp")->sh_offset);
	reloc->r_offset = 0;
	reloc->r_info = ELF64_R_INFO(100000, 1);
	assert_refused(&copy, "x.o: damaged ELF file: relocation 0 of 'xdp' at 0, symbol 100000",
		       "");
}

static void test_types(void **state)
{
	struct copy copy = copy_hello();

	(void)state;
	copy.bytes[find(&copy, ".BTF")->sh_offset] = 0;
	assert_refused(&copy, "x.o: BTF does not begin as BTF does (0xeb00)", "");
	copy = copy_hello();
	copy.bytes[find(&copy, ".BTF.ext")->sh_offset + 4] = 5;
	assert_refused(&copy, "x.o: BTF.ext has a header of 5 bytes", "");
}

static void test_contents(void **state)
{
	struct elf elf AUTO_ELF = { 0 };
	struct elf_lines lines AUTO_ELF_LINES = { 0 };
	struct elf_functions functions = { 0 };
	struct elf_relocs relocs = { 0 };
	char license[ELF_LICENSE_SIZE];
	size_t size = (size_t)(hello_object_end - hello_object_start);

	(void)state;
	assert_int_equal(elf_parse("hello", hello_object_start, size, &elf), 0);
	elf_license(&elf, license);
	assert_string_equal(license, "Dual BSD/GPL");
	assert_int_equal(elf_kernel_version(&elf), 0);
	assert_non_null(strstr(elf_compiler(&elf), "clang version "));
	assert_int_equal(elf_functions(&elf, &functions), 0);
	assert_int_equal(functions.n, 1);
	assert_string_equal(functions.v[0].name, "hello");
	assert_string_equal(elf.sections[functions.v[0].section].name, "xdp");
	assert_int_equal(functions.v[0].offset, 0);
	assert_int_equal(functions.v[0].size % 8, 0);
	assert_true(functions.v[0].global);
	assert_int_equal(elf_relocs(&elf, functions.v[0].section, &relocs), 0);
	assert_true(relocs.n >= 2);
	assert_string_equal(relocs.v[0].name, "counter");
	assert_int_equal(elf_lines(&elf, elf_section(&elf, "xdp"), &lines), 0);
	assert_non_null(strstr(elf_lines_at(&lines, 8)->text, "Hello World %d"));
	assert_int_not_equal(elf_lines_func(&lines, 0), 0);
	assert_int_equal(elf_lines_func(&lines, 8), 0);
	vec_free(&functions);
	vec_free(&relocs);
}

static void test_objfile(void **state)
{
	const struct objfile_source source = {
		.path = "dir/hello.bpf.o",
		.bytes = hello_object_start,
		.size = (size_t)(hello_object_end - hello_object_start),
	};
	struct objfile file AUTO_OBJFILE = { 0 };
	struct globals globals = { 0 };

	(void)state;
	assert_int_equal(objfile_open(&source, &file), 0);
	assert_int_equal(file.progs.n, 1);
	assert_string_equal(file.progs.v[0].name, "hello");
	assert_string_equal(file.progs.v[0].section, "xdp");
	assert_int_equal(file.progs.v[0].type, BPF_PROG_TYPE_XDP);
	assert_int_equal(file.progs.v[0].attach_type, BPF_XDP);
	assert_false(file.progs.v[0].optional);
	assert_int_equal(file.maps.n, 2);
	vec_each (map, &file.maps) {
		bool bss = !strcmp(map->name, "hello.bss");

		assert_string_equal(map->name, bss ? "hello.bss" : "hello.rodata");
		assert_int_equal(map->value_size, bss ? 4 : 15);
		assert_true(map->internal);
	}
	assert_int_equal(globals_read(&file, &globals), 0);
	assert_int_equal(globals.n, 2);
	vec_each (global, &globals) {
		if (!strcmp(global->name, "counter")) {
			assert_string_equal(global->section, ".bss");
			assert_null(global->value);
			assert_false(global->is_static);
			continue;
		}
		assert_string_equal(global->name, "hello.____fmt");
		assert_string_equal(global->section, ".rodata");
		assert_string_equal((const char *)global->value, "Hello World %d");
		assert_true(global->is_static);
	}
	vec_free(&globals);
}

static uint32_t next_random(uint64_t *state)
{
	*state = *state * 6364136223846793005ULL + 1442695040888963407ULL;
	return (uint32_t)(*state >> 33);
}

/* A few fields of 1 to 8 bytes changed, to numbers that mean something here. */
static void mutate(unsigned char *bytes, size_t size, uint64_t *random)
{
	for (uint32_t left = 1 + next_random(random) % 3; left; left--) {
		size_t width = (size_t)1 << next_random(random) % 4;
		size_t at = next_random(random) % (size / width) * width;
		uint64_t field = 0;

		memcpy(&field, bytes + at, width);
		switch (next_random(random) % 5) {
		case 0:
			field = next_random(random) % 40;
			break;
		case 1:
			field += next_random(random) % 17 - 8;
			break;
		case 2:
			field ^= 1ULL << next_random(random) % 64;
			break;
		case 3:
			field = next_random(random) % size;
			break;
		default:
			memcpy(&field, bytes + next_random(random) % (size / width) * width, width);
		}
		memcpy(bytes + at, &field, width);
	}
}

/* Whatever the bytes: an answer, and libbpf may have what is taken. */
static void test_mutations(void **state)
{
	uint64_t random = 1;
	unsigned int taken = 0;

	(void)state;
	for (unsigned int i = 0; i < 20000; i++) {
		struct copy copy = copy_hello();
		const struct objfile_source source = {
			.path = "x.o",
			.bytes = copy.bytes,
			.size = copy.size,
		};
		struct objfile file AUTO_OBJFILE = { 0 };

		mutate(copy.bytes, copy.size, &random);
		taken += !objfile_open(&source, &file);
		objfile_close(&file);
		free(copy.bytes);
	}
	assert_in_range(taken, 100, 19900);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_strangers),
		cmocka_unit_test(test_truncated),
		cmocka_unit_test(test_other_machines),
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
		cmocka_unit_test(test_other_byte_order),
#endif
		cmocka_unit_test(test_sections),
		cmocka_unit_test(test_symbols),
		cmocka_unit_test(test_code),
		cmocka_unit_test(test_types),
		cmocka_unit_test(test_contents),
		cmocka_unit_test(test_objfile),
		cmocka_unit_test(test_mutations),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
