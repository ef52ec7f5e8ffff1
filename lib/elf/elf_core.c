// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* CO-RE relocations in words: what of which type an instruction depends on. */
#include "elf/elf_core.h"

#include <stdlib.h>

#include "base/buf.h"

/* Typedefs and qualifiers on the way to a struct; the kernel takes 32. */
#define CHAIN_MAX 64

/* In the order of enum bpf_core_relo_kind; the words are those of libbpf's messages. */
static const char *const kinds[] = {
	"byte_off",       "byte_sz",       "field_exists",   "signed",      "lshift_u64",
	"rshift_u64",     "local_type_id", "target_type_id", "type_exists", "type_size",
	"enumval_exists", "enumval_value", "type_matches",
};

const char *elf_core_kind(uint32_t kind)
{
	return kind < sizeof(kinds) / sizeof(kinds[0]) ? kinds[kind] : NULL;
}

/* A type without its typedefs and qualifiers; NULL for void and for what does not exist. */
static const struct btf_type *resolve(const struct rawbtf *btf, uint32_t id)
{
	for (int i = 0; i < CHAIN_MAX && id && id < btf->count; i++) {
		const struct btf_type *type = rawbtf_type(btf, id);

		switch (rawbtf_kind(type)) {
		case BTF_KIND_TYPEDEF:
		case BTF_KIND_CONST:
		case BTF_KIND_VOLATILE:
		case BTF_KIND_RESTRICT:
		case BTF_KIND_TYPE_TAG:
			id = type->type;
			break;
		default:
			return type;
		}
	}
	return NULL;
}

static void add_type(const struct rawbtf *btf, uint32_t id, struct buf *text)
{
	const struct btf_type *type = id && id < btf->count ? rawbtf_type(btf, id) : NULL;
	unsigned int kind = type ? rawbtf_kind(type) : BTF_KIND_UNKN;
	const char *name = type ? rawbtf_string(btf, type->name_off) : "";

	if (kind == BTF_KIND_STRUCT || kind == BTF_KIND_UNION || kind == BTF_KIND_ENUM ||
	    kind == BTF_KIND_ENUM64)
		buf_printf(text, "%s ", kind == BTF_KIND_ENUM64 ? "enum" : rawbtf_kind_name(kind));
	buf_addstr(text, *name ? name : "(anonymous)");
}

/* Appends the name of member or element `index`; the type that it is of, or NULL. */
static const struct btf_type *step(const struct rawbtf *btf, const struct btf_type *type,
				   unsigned long index, struct buf *text)
{
	unsigned int kind = rawbtf_kind(type);
	const struct btf_member *member;
	const char *name;

	if (kind == BTF_KIND_ARRAY) {
		buf_printf(text, "[%lu]", index);
		return resolve(btf, ((const struct btf_array *)(type + 1))->type);
	}
	if ((kind != BTF_KIND_STRUCT && kind != BTF_KIND_UNION) || index >= rawbtf_vlen(type)) {
		buf_printf(text, ":%lu", index);
		return NULL;
	}
	member = (const struct btf_member *)(type + 1) + index;
	name = rawbtf_string(btf, member->name_off);
	if (*name)
		buf_printf(text, ".%s", name);
	return resolve(btf, member->type);
}

static void add_enumerator(const struct rawbtf *btf, const struct btf_type *type,
			   unsigned long index, struct buf *text)
{
	uint32_t name_off = 0;

	if (index < rawbtf_vlen(type))
		name_off = rawbtf_kind(type) == BTF_KIND_ENUM
				   ? ((const struct btf_enum *)(type + 1))[index].name_off
				   : ((const struct btf_enum64 *)(type + 1))[index].name_off;
	buf_printf(text, ".%s", rawbtf_string(btf, name_off));
}

void elf_core_path(const struct rawbtf *btf, const struct elf_core *core, struct buf *text)
{
	const struct btf_type *type = resolve(btf, core->type_id);
	const char *at = core->access;
	char *end;
	unsigned long index = strtoul(at, &end, 10);

	add_type(btf, core->type_id, text);
	if (type && (rawbtf_kind(type) == BTF_KIND_ENUM || rawbtf_kind(type) == BTF_KIND_ENUM64)) {
		add_enumerator(btf, type, index, text);
		return;
	}
	if (index)
		buf_printf(text, "[%lu]", index);
	for (at = end; type && *at == ':'; at = end)
		type = step(btf, type, strtoul(at + 1, &end, 10), text);
	buf_addstr(text, at);
}
