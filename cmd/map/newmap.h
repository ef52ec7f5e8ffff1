/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The type and the flags of a map as they are written on the command line. */
#ifndef XH_CMD_MAP_NEWMAP_H
#define XH_CMD_MAP_NEWMAP_H

#include <stdint.h>

#include "cli/cli.h"

struct newmap_type {
	uint32_t number; /* enum bpf_map_type */
};

struct newmap_flags {
	uint32_t bits; /* BPF_F_* */
};

extern const struct arg_type newmap_type;
extern const struct arg_type newmap_flags;

#endif
