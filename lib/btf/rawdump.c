// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The types of BTF one by one, as they stand in its bytes. */
#include "btf/rawdump.h"

#include <string.h>

#include "btf/rawdump_inner.h"
#include "out/out.h"

const char *rawdump_name_at(const struct rawbtf *raw, uint32_t offset)
{
	if (!offset)
		return "(anon)";
	return offset < raw->strings_size ? rawbtf_string(raw, offset) : "(invalid)";
}

void rawdump_name(const struct rawdump *dump, uint32_t offset)
{
	out_str(dump->out, "name", "'%'", rawdump_name_at(dump->raw, offset));
}

void rawdump_type_id(const struct rawdump *dump, uint32_t id)
{
	out_uint(dump->out, "type_id", "type_id=%", id);
}

static void show_reference(const struct rawdump *dump)
{
	rawdump_type_id(dump, dump->type->type);
}

void rawdump_size(const struct rawdump *dump)
{
	out_uint(dump->out, "size", "size=%", dump->type->size);
}

static const char *encoding_name(uint32_t encoding)
{
	switch (encoding) {
	case 0:
		return "(none)";
	case BTF_INT_SIGNED:
		return "SIGNED";
	case BTF_INT_CHAR:
		return "CHAR";
	case BTF_INT_BOOL:
		return "BOOL";
	default:
		return "UNKN";
	}
}

static void show_int(const struct rawdump *dump)
{
	uint32_t bits;

	memcpy(&bits, dump->items, sizeof(bits));
	rawdump_size(dump);
	out_uint(dump->out, "bits_offset", "bits_offset=%", BTF_INT_OFFSET(bits));
	out_uint(dump->out, "nr_bits", "nr_bits=%", BTF_INT_BITS(bits));
	out_str(dump->out, "encoding", "encoding=%", encoding_name(BTF_INT_ENCODING(bits)));
}

static void show_array(const struct rawdump *dump)
{
	const struct btf_array *array = dump->items;

	rawdump_type_id(dump, array->type);
	out_uint(dump->out, "index_type_id", "index_type_id=%", array->index_type);
	out_uint(dump->out, "nr_elems", "nr_elems=%", array->nelems);
}

static void show_forward(const struct rawdump *dump)
{
	out_str(dump->out, "fwd_kind", "fwd_kind=%",
		BTF_INFO_KFLAG(dump->type->info) ? "union" : "struct");
}

/* Of variables and functions alike: linux/btf.h has the same numbers for both. */
static const char *linkage_name(uint32_t linkage)
{
	static const char *const names[] = { "static", "global", "extern" };

	return linkage < sizeof(names) / sizeof(*names) ? names[linkage] : "(unknown)";
}

static void show_function(const struct rawdump *dump)
{
	show_reference(dump);
	out_str(dump->out, "linkage", "linkage=%", linkage_name(rawbtf_vlen(dump->type)));
}

static void show_variable(const struct rawdump *dump)
{
	const struct btf_var *variable = dump->items;

	out_uint(dump->out, "type_id", "type_id=%,", dump->type->type);
	out_str(dump->out, "linkage", "linkage=%", linkage_name(variable->linkage));
}

static void show_tag(const struct rawdump *dump)
{
	const struct btf_decl_tag *tag = dump->items;

	show_reference(dump);
	out_int(dump->out, "component_idx", "component_idx=%", tag->component_idx);
}

static const struct kind {
	const char *name;
	void (*show)(const struct rawdump *dump);
} kinds[] = {
	[BTF_KIND_INT] = { "INT", show_int },
	[BTF_KIND_PTR] = { "PTR", show_reference },
	[BTF_KIND_ARRAY] = { "ARRAY", show_array },
	[BTF_KIND_STRUCT] = { "STRUCT", rawdump_composite },
	[BTF_KIND_UNION] = { "UNION", rawdump_composite },
	[BTF_KIND_ENUM] = { "ENUM", rawdump_enum },
	[BTF_KIND_FWD] = { "FWD", show_forward },
	[BTF_KIND_TYPEDEF] = { "TYPEDEF", show_reference },
	[BTF_KIND_VOLATILE] = { "VOLATILE", show_reference },
	[BTF_KIND_CONST] = { "CONST", show_reference },
	[BTF_KIND_RESTRICT] = { "RESTRICT", show_reference },
	[BTF_KIND_FUNC] = { "FUNC", show_function },
	[BTF_KIND_FUNC_PROTO] = { "FUNC_PROTO", rawdump_prototype },
	[BTF_KIND_VAR] = { "VAR", show_variable },
	[BTF_KIND_DATASEC] = { "DATASEC", rawdump_section },
	[BTF_KIND_FLOAT] = { "FLOAT", rawdump_size },
	[BTF_KIND_DECL_TAG] = { "DECL_TAG", show_tag },
	[BTF_KIND_TYPE_TAG] = { "TYPE_TAG", show_reference },
	[BTF_KIND_ENUM64] = { "ENUM64", rawdump_enum64 },
};

const char *rawdump_kind_name(unsigned int kind)
{
	return kinds[kind].name;
}

static void show_void(struct out *out)
{
	out_str(out, "kind", "%", "UNKNOWN");
	out_str(out, "name", "'%'", "(anon)");
}

void rawdump_type(struct out *out, const struct rawbtf *raw, uint32_t id)
{
	struct rawdump dump = { .out = out, .raw = raw };

	out_object(out, NULL);
	out_gap(out, " ");
	out_uint(out, "id", "[%]", id);
	if (id) {
		dump.type = rawbtf_type(raw, id);
		dump.items = dump.type + 1;
		out_str(out, "kind", "%", rawdump_kind_name(rawbtf_kind(dump.type)));
		rawdump_name(&dump, dump.type->name_off);
		kinds[rawbtf_kind(dump.type)].show(&dump);
	} else {
		show_void(out);
	}
	out_line(out);
	out_gap(out, "  ");
	out_end(out);
}
