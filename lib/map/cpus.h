/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The processors that may ever come up: per-CPU values have a part for each. */
#ifndef XH_MAP_CPUS_H
#define XH_MAP_CPUS_H

#include <stdint.h>

#include "base/vec.h"

/* Their numbers, ascending; there may be gaps. */
struct cpus VEC(uint32_t);

/* Reads /sys/devices/system/cpu/possible; 0 or a negative errno with the failure recorded. */
int cpus_possible(struct cpus *cpus);

/* Reads a list as the kernel writes it ("0-3,8-9"); -EINVAL, no failure recorded, for another. */
int cpus_parse(const char *list, struct cpus *cpus);

void cpus_free(struct cpus *cpus);
#define AUTO_CPUS __attribute__((cleanup(cpus_free)))

#endif
