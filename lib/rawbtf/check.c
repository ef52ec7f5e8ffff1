// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Whether BTF from outside says what it may: references, names, and the order of the checks. */
#include "rawbtf/check.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "rawbtf/check_inner.h"

int check_fail(const struct rawbtf *raw, uint32_t id, const char *format, ...)
{
	const struct btf_type *type = rawbtf_type(raw, id);
	const char *name = rawbtf_string(raw, type->name_off);
	char what[256];
	va_list args;

	va_start(args, format);
	vsnprintf(what, sizeof(what), format, args);
	va_end(args);
	if (!*name)
		return fail_plain(-EINVAL, "BTF type [%u] %s %s", id,
				  rawbtf_kind_name(rawbtf_kind(type)), what);
	return fail_plain(-EINVAL, "BTF type [%u] %s '%s' %s", id,
			  rawbtf_kind_name(rawbtf_kind(type)), name, what);
}

bool check_is_alias(unsigned int kind)
{
	return kind == BTF_KIND_TYPEDEF || kind == BTF_KIND_VOLATILE || kind == BTF_KIND_CONST ||
	       kind == BTF_KIND_RESTRICT || kind == BTF_KIND_TYPE_TAG;
}

bool check_reference(const struct btf_type *type, uint32_t index, uint32_t *id)
{
	const void *items = type + 1;
	unsigned int kind = rawbtf_kind(type);

	switch (kind) {
	case BTF_KIND_ARRAY:
		*id = index ? ((const struct btf_array *)items)->index_type
			    : ((const struct btf_array *)items)->type;
		return index < 2;
	case BTF_KIND_STRUCT:
	case BTF_KIND_UNION:
		if (index >= rawbtf_vlen(type))
			return false;
		*id = ((const struct btf_member *)items)[index].type;
		return true;
	case BTF_KIND_DATASEC:
		if (index >= rawbtf_vlen(type))
			return false;
		*id = ((const struct btf_var_secinfo *)items)[index].type;
		return true;
	case BTF_KIND_FUNC_PROTO:
		if (index > rawbtf_vlen(type))
			return false;
		*id = index ? ((const struct btf_param *)items)[index - 1].type : type->type;
		return true;
	default:
		*id = type->type;
		return !index &&
		       (check_is_alias(kind) || kind == BTF_KIND_PTR || kind == BTF_KIND_FUNC ||
			kind == BTF_KIND_VAR || kind == BTF_KIND_DECL_TAG);
	}
}

bool check_item_name(const struct btf_type *type, uint32_t index, uint32_t *offset)
{
	const void *items = type + 1;

	if (index >= rawbtf_vlen(type))
		return false;
	switch (rawbtf_kind(type)) {
	case BTF_KIND_STRUCT:
	case BTF_KIND_UNION:
		*offset = ((const struct btf_member *)items)[index].name_off;
		return true;
	case BTF_KIND_ENUM:
		*offset = ((const struct btf_enum *)items)[index].name_off;
		return true;
	case BTF_KIND_ENUM64:
		*offset = ((const struct btf_enum64 *)items)[index].name_off;
		return true;
	case BTF_KIND_FUNC_PROTO:
		*offset = ((const struct btf_param *)items)[index].name_off;
		return true;
	default:
		return false;
	}
}

static int check_names(const struct rawbtf *raw, uint32_t id)
{
	const struct btf_type *type = rawbtf_type(raw, id);
	uint32_t offset = type->name_off;

	for (uint32_t i = 0; offset < raw->strings_size; i++) {
		if (!check_item_name(type, i, &offset))
			return 0;
	}
	return check_fail(raw, id, "has a name at %u, there are %u bytes of strings", offset,
			  raw->strings_size);
}

static int check_references(const struct rawbtf *raw, uint32_t id)
{
	const struct btf_type *type = rawbtf_type(raw, id);
	uint32_t to;

	for (uint32_t i = 0; check_reference(type, i, &to); i++) {
		if (to >= raw->count)
			return check_fail(raw, id, "refers to type [%u], the last is [%u]", to,
					  raw->count - 1);
	}
	return 0;
}

/* Runs one check over all types; 0, or the first failure. */
static int check_each(const struct rawbtf *raw, int (*check)(const struct rawbtf *, uint32_t))
{
	for (uint32_t id = raw->first; id < raw->count; id++) {
		int err = check(raw, id);

		if (err)
			return err;
	}
	return 0;
}

/* libbpf takes the first section of a name for one purpose, the last for another. */
static int check_sections_differ(const struct rawbtf *raw)
{
	static const char *const special[] = { ".maps", ".kconfig", ".ksyms", ".struct_ops" };
	uint32_t seen[sizeof(special) / sizeof(*special)] = { 0 };

	for (uint32_t id = raw->first; id < raw->count; id++) {
		const struct btf_type *type = rawbtf_type(raw, id);
		const char *name = rawbtf_string(raw, type->name_off);

		if (rawbtf_kind(type) != BTF_KIND_DATASEC)
			continue;
		for (size_t i = 0; i < sizeof(special) / sizeof(*special); i++) {
			if (!strcmp(name, special[i]) && seen[i]++)
				return check_fail(raw, id, "is there a second time");
		}
	}
	return 0;
}

static void count(const struct rawbtf *raw, struct check_counts *counts)
{
	*counts = (struct check_counts){ .types = raw->count - raw->first };
	for (uint32_t id = raw->first; id < raw->count; id++) {
		const struct btf_type *type = rawbtf_type(raw, id);

		if (rawbtf_kind(type) != BTF_KIND_DATASEC)
			continue;
		counts->vars += rawbtf_vlen(type);
		if (!strcmp(rawbtf_string(raw, type->name_off), ".maps"))
			counts->maps += rawbtf_vlen(type);
	}
}

int check_raw(const struct rawbtf *raw)
{
	int err = check_each(raw, check_names);

	if (!err)
		err = check_each(raw, check_references);
	if (!err)
		err = check_nesting(raw);
	if (!err)
		err = check_each(raw, check_kind);
	if (!err)
		err = check_each(raw, check_members);
	return err ? err : check_sections_differ(raw);
}

int check_btf(const void *data, size_t size, struct check_counts *counts)
{
	struct rawbtf raw AUTO_RAWBTF = { 0 };
	int err = rawbtf_open(data, size, &raw);

	if (!err)
		err = check_raw(&raw);
	if (!err && counts)
		count(&raw, counts);
	return err;
}
