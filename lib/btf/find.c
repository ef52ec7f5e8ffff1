// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* A type by the name that C code has for it. */
#include "btf/find.h"

#include <bpf/btf.h>
#include <errno.h>
#include <stddef.h>
#include <string.h>

#include "base/text.h"

static const struct kind {
	uint32_t kind;
	const char *word; /* that may stand before the name */
} kinds[] = {
	{ BTF_KIND_STRUCT, "struct " }, { BTF_KIND_UNION, "union " }, { BTF_KIND_TYPEDEF, NULL },
	{ BTF_KIND_ENUM, "enum " },     { BTF_KIND_ENUM64, "enum " }, { BTF_KIND_INT, NULL },
	{ BTF_KIND_FLOAT, NULL },
};

#define KIND_COUNT (sizeof(kinds) / sizeof(kinds[0]))

/* 0 when only kinds that have no word are meant, or any. */
static size_t word_length(const char *name)
{
	for (size_t i = 0; i < KIND_COUNT; i++) {
		if (kinds[i].word && text_starts(name, kinds[i].word))
			return strlen(kinds[i].word);
	}
	return 0;
}

static int find_kind(const struct btf *btf, const char *name, uint32_t kind, struct find *found)
{
	int id = btf__find_by_name_kind(btf, name, kind);
	int64_t size = id > 0 ? btf__resolve_size(btf, (uint32_t)id) : -ENOENT;

	if (size <= 0 || size > UINT32_MAX)
		return -ENOENT;
	*found = (struct find){ .id = (uint32_t)id, .size = (uint32_t)size };
	return 0;
}

int find_type(const struct btf *btf, const char *name, struct find *found)
{
	size_t skipped = word_length(name);

	for (size_t i = 0; i < KIND_COUNT; i++) {
		if (skipped && (!kinds[i].word || !text_starts(name, kinds[i].word)))
			continue;
		if (!find_kind(btf, name + skipped, kinds[i].kind, found))
			return 0;
	}
	return -ENOENT;
}
