// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What an object file says of itself: license, kernel version, compiler. */
#include <string.h>

#include "base/text.h"
#include "elf/elf.h"

const struct elf_section *elf_section(const struct elf *elf, const char *name)
{
	for (uint32_t i = 1; i < elf->section_count; i++) {
		if (!strcmp(elf->sections[i].name, name))
			return &elf->sections[i];
	}
	return NULL;
}

void elf_license(const struct elf *elf, char license[ELF_LICENSE_SIZE])
{
	const struct elf_section *section = elf_section(elf, "license");
	size_t len = section ? section->size : 0;

	if (len >= ELF_LICENSE_SIZE)
		len = ELF_LICENSE_SIZE - 1;
	if (len)
		memcpy(license, section->data, len);
	license[len] = '\0';
}

uint32_t elf_kernel_version(const struct elf *elf)
{
	const struct elf_section *section = elf_section(elf, "version");
	uint32_t version = 0;

	if (section && section->size == sizeof(version))
		memcpy(&version, section->data, sizeof(version));
	return version;
}

/* True for what DW_AT_producer reads: "Debian clang version 14.0.6", "GNU C17 12.2.0 …". */
static bool is_producer(const char *text)
{
	return strstr(text, "clang version ") || strstr(text, "rustc version ") ||
	       text_starts(text, "GNU C");
}

const char *elf_compiler(const struct elf *elf)
{
	const struct elf_section *strings = elf_section(elf, ".debug_str");
	const char *at, *end;

	if (!strings || !strings->data || !strings->size || strings->data[strings->size - 1])
		return NULL;
	at = (const char *)strings->data;
	for (end = at + strings->size; at < end; at += strlen(at) + 1) {
		if (is_producer(at))
			return at;
	}
	return NULL;
}
