// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Types of several parts: members, enumerators, parameters, variables of a section. */
#include <stdbool.h>

#include "btf/rawdump_inner.h"
#include "out/out.h"

/* The parts of a type are an array; in text each has its line. */
static void begin_parts(const struct rawdump *dump, const char *key)
{
	out_uint(dump->out, "vlen", "vlen=%", rawbtf_vlen(dump->type));
	out_array(dump->out, key);
	out_indent(dump->out, 1);
}

static void begin_part(const struct rawdump *dump)
{
	out_line(dump->out);
	out_object(dump->out, NULL);
}

static void end_parts(const struct rawdump *dump)
{
	out_indent(dump->out, 0);
	out_end(dump->out);
}

static void show_offset(const struct rawdump *dump, uint32_t offset)
{
	bool packed = BTF_INFO_KFLAG(dump->type->info);
	uint32_t bits = packed ? BTF_MEMBER_BITFIELD_SIZE(offset) : 0;

	out_uint(dump->out, "bits_offset", "bits_offset=%",
		 packed ? BTF_MEMBER_BIT_OFFSET(offset) : offset);
	if (bits)
		out_uint(dump->out, "bitfield_size", "bitfield_size=%", bits);
}

void rawdump_composite(const struct rawdump *dump)
{
	const struct btf_member *member = dump->items;

	rawdump_size(dump);
	begin_parts(dump, "members");
	for (uint32_t i = rawbtf_vlen(dump->type); i; i--, member++) {
		begin_part(dump);
		rawdump_name(dump, member->name_off);
		rawdump_type_id(dump, member->type);
		show_offset(dump, member->offset);
		out_end(dump->out);
	}
	end_parts(dump);
}

/* Returns whether its values are signed. */
static bool begin_enum(const struct rawdump *dump)
{
	bool is_signed = BTF_INFO_KFLAG(dump->type->info);

	out_str(dump->out, "encoding", "encoding=%", is_signed ? "SIGNED" : "UNSIGNED");
	rawdump_size(dump);
	begin_parts(dump, "values");
	return is_signed;
}

void rawdump_enum(const struct rawdump *dump)
{
	const struct btf_enum *value = dump->items;
	bool is_signed = begin_enum(dump);

	for (uint32_t i = rawbtf_vlen(dump->type); i; i--, value++) {
		begin_part(dump);
		rawdump_name(dump, value->name_off);
		if (is_signed)
			out_int(dump->out, "val", "val=%", value->val);
		else
			out_uint(dump->out, "val", "val=%", (uint32_t)value->val);
		out_end(dump->out);
	}
	end_parts(dump);
}

void rawdump_enum64(const struct rawdump *dump)
{
	const struct btf_enum64 *value = dump->items;
	bool is_signed = begin_enum(dump);

	for (uint32_t i = rawbtf_vlen(dump->type); i; i--, value++) {
		uint64_t number = (uint64_t)value->val_hi32 << 32 | value->val_lo32;

		begin_part(dump);
		rawdump_name(dump, value->name_off);
		if (is_signed)
			out_int(dump->out, "val", "val=%LL", (int64_t)number);
		else
			out_uint(dump->out, "val", "val=%ULL", number);
		out_end(dump->out);
	}
	end_parts(dump);
}

void rawdump_prototype(const struct rawdump *dump)
{
	const struct btf_param *param = dump->items;

	out_uint(dump->out, "ret_type_id", "ret_type_id=%", dump->type->type);
	begin_parts(dump, "params");
	for (uint32_t i = rawbtf_vlen(dump->type); i; i--, param++) {
		begin_part(dump);
		rawdump_name(dump, param->name_off);
		rawdump_type_id(dump, param->type);
		out_end(dump->out);
	}
	end_parts(dump);
}

/* What is listed in a section, which only text says. */
static void show_listed(const struct rawdump *dump, uint32_t id)
{
	const struct btf_type *type;

	if (!id || id >= dump->raw->count)
		return;
	type = rawbtf_type(dump->raw, id);
	out_str(dump->out, NULL, "(%", rawdump_kind_name(rawbtf_kind(type)));
	out_str(dump->out, NULL, "'%')", rawdump_name_at(dump->raw, type->name_off));
}

void rawdump_section(const struct rawdump *dump)
{
	const struct btf_var_secinfo *entry = dump->items;

	rawdump_size(dump);
	begin_parts(dump, "vars");
	for (uint32_t i = rawbtf_vlen(dump->type); i; i--, entry++) {
		begin_part(dump);
		rawdump_type_id(dump, entry->type);
		out_uint(dump->out, "offset", "offset=%", entry->offset);
		out_uint(dump->out, "size", "size=%", entry->size);
		show_listed(dump, entry->type);
		out_end(dump->out);
	}
	end_parts(dump);
}
