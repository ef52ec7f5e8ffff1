// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What a file is by its first bytes, in words for those who took the wrong one. */
#include <byteswap.h>
#include <elf.h>
#include <errno.h>
#include <string.h>

#include "base/err.h"
#include "base/text.h"
#include "elf/elf_inner.h"

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define ORDER_HERE  ELFDATA2LSB
#define NAME_OTHER  "big-endian"
#define TARGET_HERE "bpfel"
#else
#define ORDER_HERE  ELFDATA2MSB
#define NAME_OTHER  "little-endian"
#define TARGET_HERE "bpfeb"
#endif

/* Files that are mistaken for objects. */
static const struct {
	const char *start;
	const char *is;
	const char *hint;
} strangers[] = {
	{ "BC\xc0\xde", "LLVM bitcode", "compile without -emit-llvm" },
	{ "!<arch>\n", "an archive", "take the object out of it with ar x" },
	{ "\x1f\x8b", "gzip", "gunzip it first" },
	{ "\x9f\xeb", "raw BTF", NULL },
	{ "\xeb\x9f", "raw BTF", NULL },
};

static const struct {
	unsigned int number;
	const char *name;
} machines[] = {
	{ EM_386, "an i386" },        { EM_X86_64, "an x86-64" },      { EM_ARM, "an ARM" },
	{ EM_AARCH64, "an AArch64" }, { EM_RISCV, "a RISC-V" },        { EM_PPC64, "a PowerPC" },
	{ EM_S390, "an s390" },       { EM_LOONGARCH, "a LoongArch" }, { EM_MIPS, "a MIPS" },
};

static bool is_text(const unsigned char *bytes, size_t size)
{
	size_t len = size < 256 ? size : 256;

	for (size_t i = 0; i < len; i++) {
		if (bytes[i] < 0x20 && !strchr("\t\n\r\f", bytes[i]))
			return false;
	}
	return true;
}

static int not_elf(const char *name, const unsigned char *bytes, size_t size)
{
	if (!size)
		return fail_plain(-ENOEXEC, "%s: not an ELF file (empty)", name);
	for (size_t i = 0; i < sizeof(strangers) / sizeof(*strangers); i++) {
		size_t len = strlen(strangers[i].start);

		if (size < len || memcmp(bytes, strangers[i].start, len))
			continue;
		fail_plain(-ENOEXEC, "%s: not an ELF file (%s)", name, strangers[i].is);
		return strangers[i].hint ? fail_hint("%s", strangers[i].hint) : -ENOEXEC;
	}
	if (!is_text(bytes, size))
		return fail_plain(-ENOEXEC, "%s: not an ELF file", name);
	fail_plain(-ENOEXEC, "%s: not an ELF file (text)", name);
	/* <linux/bpf.h> wants <asm/types.h>, which multiarch systems keep in that directory. */
	return fail_hint("compile a source file with: clang -g -O2 -target bpf "
			 "-I/usr/include/$(uname -m)-linux-gnu -c FILE.c -o FILE.o");
}

static int wrong_machine(const char *name, unsigned int machine)
{
	const char *of = NULL;

	for (size_t i = 0; i < sizeof(machines) / sizeof(*machines); i++) {
		if (machines[i].number == machine)
			of = machines[i].name;
	}
	if (!of)
		fail_plain(-ENOEXEC, "%s: is an object for machine %u, not BPF", name, machine);
	else
		fail_plain(-ENOEXEC, "%s: is %s object, not BPF", name, of);
	return fail_hint("compile with clang -target bpf");
}

static int check_ident(const char *name, const Elf64_Ehdr *header)
{
	bool other = header->e_ident[EI_DATA] != ORDER_HERE;
	unsigned int machine = other ? bswap_16(header->e_machine) : header->e_machine;

	/* Old compilers gave BPF no number. */
	if (machine != EM_BPF && machine != EM_NONE)
		return wrong_machine(name, machine);
	if (header->e_ident[EI_CLASS] != ELFCLASS64)
		return fail_plain(-ENOEXEC, "%s: is not a 64-bit ELF file, as BPF objects are",
				  name);
	if (!other)
		return 0;
	fail_plain(-ENOEXEC, "%s: is a %s object, this machine is %s", name, NAME_OTHER,
		   ELF_BYTE_ORDER);
	return fail_hint("compile with clang -target %s", TARGET_HERE);
}

int elf_check_header(const char *name, const unsigned char *bytes, size_t size)
{
	Elf64_Ehdr header;
	int err;

	if (size < SELFMAG || memcmp(bytes, ELFMAG, SELFMAG))
		return not_elf(name, bytes, size);
	if (size < sizeof(header))
		return fail_plain(-ENOEXEC,
				  "%s: truncated ELF file: its header has %zu bytes, file has %zu",
				  name, sizeof(header), size);
	memcpy(&header, bytes, sizeof(header));
	err = check_ident(name, &header);
	if (err)
		return err;
	if (header.e_ident[EI_VERSION] != EV_CURRENT || header.e_version != EV_CURRENT)
		return fail_plain(-ENOEXEC, "%s: is of ELF version %u", name, header.e_version);
	if (header.e_type != ET_REL)
		return fail_plain(-ENOEXEC, "%s: is of ELF type %u, not a relocatable object", name,
				  header.e_type);
	return 0;
}
