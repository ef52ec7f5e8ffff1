/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Which CPUs have a trace buffer. */
#ifndef XH_TRACE_CPUS_H
#define XH_TRACE_CPUS_H

#include "base/vec.h"

struct trace_cpus VEC(unsigned int);

#define AUTO_TRACE_CPUS __attribute__((cleanup(trace_cpus_free)))

/*
 * Opens the directory per_cpu of `dir`, an instance or the root of tracefs, and lists what is in
 * it. Its fd, or a negative errno with the failure recorded.
 */
int trace_cpus_open(int dir, struct trace_cpus *cpus);
void trace_cpus_free(struct trace_cpus *cpus);

#endif
