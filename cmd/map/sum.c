// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Per-CPU values that are numbers, added up. */
#include "map/sum.h"

#include <errno.h>
#include <string.h>

#include "base/err.h"
#include "map/entry.h"
#include "out/out.h"

static bool is_number(const struct entry *entry, bool *is_signed)
{
	uint32_t size = entry->shape.value_size;

	if (entry->value)
		return plan_is_integer(entry->value, is_signed);
	*is_signed = false;
	return size == 1 || size == 2 || size == 4 || size == 8;
}

int sum_choose(struct entry *entry, uint32_t map_id)
{
	if (!entry->shape.kinds->per_cpu)
		return fail_plain(-EINVAL, "map %u has one value for all CPUs: nothing to add up",
				  map_id);
	if (!is_number(entry, &entry->sum.is_signed)) {
		fail_plain(-EINVAL, "the values of map %u are not numbers that can be added up",
			   map_id);
		return fail_hint("'cpu' shows them CPU by CPU");
	}
	entry->sum.wanted = true;
	return 0;
}

/* A part, extended to 64 bits by its sign if it has one. */
static uint64_t load(const struct entry *entry, const void *part)
{
	uint32_t size = entry->shape.value_size;
	unsigned int spare = 64 - 8 * size;
	uint64_t number = 0;
	uint8_t bytes[sizeof(number)] = { 0 };
	bool big = __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__;

	memcpy(bytes + (big ? sizeof(bytes) - size : 0), part, size);
	memcpy(&number, bytes, sizeof(number));
	return entry->sum.is_signed ? (uint64_t)((int64_t)(number << spare) >> spare) : number;
}

void sum_show(struct out *out, const struct entry *entry, const char *text, const void *value)
{
	const struct shape *shape = &entry->shape;
	const uint8_t *part = value;
	uint64_t sum = 0;

	for (size_t i = 0; i < shape->cpus.n; i++, part += shape->cpu_stride)
		sum += load(entry, part);
	if (entry->sum.is_signed)
		out_int(out, "sum", text, (int64_t)sum);
	else
		out_uint(out, "sum", text, sum);
}
