// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Whether the records of .BTF.ext refer to types and strings that its .BTF has. */
#include <ctype.h>
#include <errno.h>

#include "base/err.h"
#include "rawbtf/btfext.h"
#include "rawbtf/check.h"
#include "rawbtf/rawbtf.h"

/* libbpf reads "0:1:2" with a signed %d, and takes a minus sign for an index. */
#define ACCESS_DIGITS_MAX 9

/* One group a section with code; libbpf looks for each among the sections, one by one. */
#define GROUPS_MAX 4096

static int out_of_bounds(const char *what, uint32_t insn_off)
{
	return fail_plain(-EINVAL, "BTF.ext: %s at byte %u has no such string or type", what,
			  insn_off);
}

static int check_func(const struct rawbtf *raw, const struct btfext_func *func)
{
	if (!func->type_id || func->type_id >= raw->count ||
	    rawbtf_kind(rawbtf_type(raw, func->type_id)) != BTF_KIND_FUNC)
		return out_of_bounds("function", func->insn_off);
	return 0;
}

static int check_line(const struct rawbtf *raw, const struct btfext_line *line)
{
	if (line->file_name_off >= raw->strings_size || line->line_off >= raw->strings_size)
		return out_of_bounds("line", line->insn_off);
	return 0;
}

/* Numbers with colons between them. */
static bool is_access(const char *text)
{
	size_t digits = 0;

	for (; *text; text++) {
		if (isdigit((unsigned char)*text) && digits < ACCESS_DIGITS_MAX)
			digits++;
		else if (*text == ':' && digits && text[1])
			digits = 0;
		else
			return false;
	}
	return digits;
}

static int check_relo(const struct rawbtf *raw, const struct btfext_relo *relo)
{
	const char *access = rawbtf_string(raw, relo->access_str_off);

	if (!relo->type_id || relo->type_id >= raw->count)
		return out_of_bounds("relocation", relo->insn_off);
	if (!is_access(access))
		return fail_plain(-EINVAL, "BTF.ext: relocation at byte %u accesses '%s'",
				  relo->insn_off, access);
	return 0;
}

static int check_record(const struct rawbtf *raw, enum btfext_part part, const void *record)
{
	uint32_t insn_off = *(const uint32_t *)record;

	if (insn_off % 8)
		return fail_plain(-EINVAL, "BTF.ext: record for byte %u, between instructions",
				  insn_off);
	if (part == BTFEXT_FUNCS)
		return check_func(raw, record);
	return part == BTFEXT_LINES ? check_line(raw, record) : check_relo(raw, record);
}

static int check_table(const struct rawbtf *raw, const struct btfext *ext, enum btfext_part part)
{
	struct btfext_walk walk = { .table = &ext->parts[part] };
	const void *record;

	if (walk.table->groups > GROUPS_MAX)
		return fail_plain(-E2BIG, "BTF.ext: %u groups of records", walk.table->groups);
	while ((record = btfext_next(&walk))) {
		int err = check_record(raw, part, record);

		if (err)
			return err;
		if (walk.section_name >= raw->strings_size)
			return out_of_bounds("section", *(const uint32_t *)record);
	}
	return 0;
}

int check_btf_ext(const void *ext_data, size_t ext_size, const void *btf, size_t btf_size)
{
	struct rawbtf raw AUTO_RAWBTF = { 0 };
	struct btfext ext AUTO_BTFEXT = { 0 };
	int err = rawbtf_open(btf, btf_size, &raw);

	if (!err)
		err = btfext_open(ext_data, ext_size, &ext);
	for (int part = 0; !err && part < BTFEXT_PARTS; part++)
		err = check_table(&raw, &ext, part);
	return err;
}
