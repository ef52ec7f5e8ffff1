// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* How the keys and values of a map lie in memory when the kernel hands them out. */
#include "map/shape.h"

int shape_of(const struct bpf_map_info *info, struct shape *shape)
{
	int err;

	*shape = (struct shape){
		.kinds = kinds_of(info->type),
		.key_size = info->key_size,
		.value_size = info->value_size,
		.value_stride = info->value_size,
	};
	if (!shape->kinds->per_cpu)
		return 0;
	err = cpus_possible(&shape->cpus);
	/* Each part begins on eight bytes. */
	shape->cpu_stride = (info->value_size + 7) & ~7U;
	shape->value_stride = (size_t)shape->cpu_stride * shape->cpus.n;
	return err;
}

void shape_free(struct shape *shape)
{
	cpus_free(&shape->cpus);
}
