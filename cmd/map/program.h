/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The program in a slot of a program array. */
#ifndef XH_CMD_MAP_PROGRAM_H
#define XH_CMD_MAP_PROGRAM_H

#include <stdint.h>

struct out;

/* Emits its id and, if it is there still and may be looked at, its name. */
void program_show(struct out *out, uint32_t prog_id);

#endif
