// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Names of types that are newer than xh, asked of the kernel's own BTF. */
#include "bpf/kernelnames.h"

#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "base/text.h"
#include "base/vec.h"

#define NAME_MAX_BYTES 48

static const struct source {
	const char *type; /* the enum */
	const char *prefix;
} sources[] = {
	[KERNELNAMES_PROG] = { "bpf_prog_type", "BPF_PROG_TYPE_" },
	[KERNELNAMES_MAP] = { "bpf_map_type", "BPF_MAP_TYPE_" },
	[KERNELNAMES_LINK] = { "bpf_link_type", "BPF_LINK_TYPE_" },
	[KERNELNAMES_ATTACH] = { "bpf_attach_type", "BPF_" },
};

/* What was asked for; NULL names are of numbers that the kernel does not have either. */
struct answer {
	enum kernelnames kind;
	uint32_t number;
	char *name;
};

static void copy_lower(char *to, size_t size, const char *from)
{
	size_t len = 0;

	for (; from[len] && len + 1 < size; len++)
		to[len] = (char)tolower((unsigned char)from[len]);
	to[len] = '\0';
}

int kernelnames_find(const struct btf *btf, enum kernelnames kind, uint32_t number, char *name,
		     size_t size)
{
	const struct source *source = &sources[kind];
	int id = btf__find_by_name_kind(btf, source->type, BTF_KIND_ENUM);
	const struct btf_type *type = id > 0 ? btf__type_by_id(btf, (uint32_t)id) : NULL;

	for (uint16_t i = 0; type && i < btf_vlen(type); i++) {
		const struct btf_enum *row = &btf_enum(type)[i];
		const char *full = btf__name_by_offset(btf, row->name_off);

		/* Without the prefix: the end of the enum, which is no type. */
		if (row->val != (int32_t)number || !full || !text_starts(full, source->prefix))
			continue;
		copy_lower(name, size, full + strlen(source->prefix));
		return 0;
	}
	return -ENOENT;
}

static const struct btf *kernel_btf(void)
{
	static bool tried;
	static struct btf *btf;
	libbpf_print_fn_t print;

	if (tried)
		return btf;
	tried = true;
	print = libbpf_set_print(NULL);
	btf = btf__load_vmlinux_btf();
	libbpf_set_print(print);
	return btf;
}

static char *ask(enum kernelnames kind, uint32_t number)
{
	const struct btf *btf = kernel_btf();
	char name[NAME_MAX_BYTES];

	if (!btf || kernelnames_find(btf, kind, number, name, sizeof(name)))
		return NULL;
	return strdup(name);
}

/* Kept, because names are borrowed like those of a table. */
const char *kernelnames_of(enum kernelnames kind, uint32_t number)
{
	static struct VEC(struct answer) answers;
	struct answer answer = { kind, number, NULL };

	vec_each (known, &answers) {
		if (known->kind == kind && known->number == number)
			return known->name;
	}
	answer.name = ask(kind, number);
	if (!vec_push(&answers, answer))
		return answer.name;
	free(answer.name);
	return NULL;
}

bool kernelnames_lack(enum kernelnames kind, uint32_t number)
{
	/* Number 1 is in all of these enums: without it, there is nothing to judge by. */
	return kernelnames_of(kind, 1) && !kernelnames_of(kind, number);
}
