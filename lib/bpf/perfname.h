/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The words of perf for its events (linux/perf_event.h). */
#ifndef XH_BPF_PERFNAME_H
#define XH_BPF_PERFNAME_H

#include <stdint.h>

#define PERFNAME_SCRATCH 64

/* "hardware", "software", …; NULL for a type that has no name. */
const char *perfname_type(uint32_t type);

/* "cpu-cycles", "L1-dcache-load-misses", …, written to `scratch` if need be; NULL for no name. */
const char *perfname_config(uint32_t type, uint64_t config, char scratch[PERFNAME_SCRATCH]);

#endif
