/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* How the keys and values of a map lie in memory when the kernel hands them out. */
#ifndef XH_MAP_SHAPE_H
#define XH_MAP_SHAPE_H

#include <linux/bpf.h>
#include <stddef.h>
#include <stdint.h>

#include "map/cpus.h"
#include "map/kinds.h"

struct shape {
	const struct kinds *kinds;
	uint32_t key_size;   /* bytes */
	uint32_t value_size; /* bytes; of a per-CPU value: of the part of one CPU */
	size_t value_stride; /* bytes of a value with all its parts */
	uint32_t cpu_stride; /* bytes from one part to the next */
	struct cpus cpus;    /* whose parts there are, in order; none when a value is one */
};

/* 0 or a negative errno with the failure recorded; shape_free() in either case. */
int shape_of(const struct bpf_map_info *info, struct shape *shape);
void shape_free(struct shape *shape);

#endif
