// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The types of an object file, for those who need no more of libbpf. */
#include "bpf/elf_btf.h"

#include <bpf/btf.h>
#include <bpf/libbpf.h>

struct btf *elf_btf(const struct elf *elf)
{
	const struct elf_section *section = elf_section(elf, ".BTF");
	libbpf_print_fn_t print = libbpf_set_print(NULL);
	struct btf *btf = section ? btf__new(section->data, (uint32_t)section->size) : NULL;

	libbpf_set_print(print);
	if (btf)
		btf__set_pointer_size(btf, sizeof(uint64_t));
	return btf;
}
