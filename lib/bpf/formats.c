// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The strings that a loaded program can hand to bpf_printk() as its format. */
#include "bpf/formats.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/err.h"
#include "base/vec.h"
#include "bpf/info.h"
#include "bpf/sys.h"
#include "insn/insn.h"

/* The only value of a map of constants; none where it is of another kind. */
struct constants {
	uint32_t map_id;
	uint32_t size; /* bytes */
	char *bytes;
};

struct values VEC(struct constants);

static void values_free(struct values *values)
{
	vec_each (value, values)
		free(value->bytes);
	vec_free(values);
}

/*
 * bpf_trace_printk() and bpf_trace_vprintk() take the format as their first argument; the helpers
 * that make strings and print nothing take theirs as a later one, in r2 to r5.
 */
static bool loads_format(const struct bpf_insn *insn)
{
	return insn_is_wide(insn) && insn->src_reg == BPF_PSEUDO_MAP_VALUE &&
	       (insn->dst_reg < BPF_REG_2 || insn->dst_reg > BPF_REG_5);
}

static void read_value(struct constants *value)
{
	auto_fd int fd = sys_map_by_id_readonly(value->map_id);
	const uint32_t key = 0;
	struct bpf_map_info info;

	/* What changes while the program runs is whatever it is at this moment, a counter maybe. */
	if (fd < 0 || info_map(fd, &info) || info.type != BPF_MAP_TYPE_ARRAY ||
	    info.max_entries != 1 || !(info.map_flags & BPF_F_RDONLY_PROG))
		return;
	value->bytes = malloc(info.value_size);
	if (value->bytes && !sys_map_lookup(fd, &key, value->bytes))
		value->size = info.value_size;
}

static const struct constants *find_value(struct values *values, uint32_t map_id)
{
	struct constants value = { .map_id = map_id };

	vec_each (known, values) {
		if (known->map_id == map_id)
			return known;
	}
	read_value(&value);
	if (!vec_push(values, value))
		return &values->v[values->n - 1];
	free(value.bytes);
	return NULL;
}

static const char *string_at(const struct constants *value, uint32_t offset)
{
	bool ends =
		offset < value->size && memchr(value->bytes + offset, '\0', value->size - offset);

	return ends ? value->bytes + offset : NULL;
}

int formats_each(const struct info_prog_detail *detail,
		 int (*take)(void *context, const char *string), void *context)
{
	struct values values __attribute__((cleanup(values_free))) = { 0 };
	const struct bpf_insn *insn = detail->xlated, *end = insn + detail->xlated_count;
	int err = 0;

	/* A wide load has a second half, with the offset. */
	for (; !err && insn + 1 < end; insn += insn_is_wide(insn) ? 2 : 1) {
		const struct constants *value;
		const char *string;

		if (!loads_format(insn))
			continue;
		value = find_value(&values, (uint32_t)insn[0].imm);
		if (!value)
			return fail(-ENOMEM, "read the formats of a program");
		string = string_at(value, (uint32_t)insn[1].imm);
		err = string ? take(context, string) : 0;
	}
	return err;
}
