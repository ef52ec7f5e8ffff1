/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* New maps, and why there cannot be one with such parameters. */
#ifndef XH_MAP_CREATE_H
#define XH_MAP_CREATE_H

#include <stdint.h>

struct sys_map;

/*
 * Makes a map: its fd, which is the caller's, or a negative errno with the failure recorded. What
 * the kernel would answer with no more than EINVAL is looked for before it is asked.
 */
int create_map(const struct sys_map *map);

/* The BPF_F_* of map_flags by its name in lower case ("no_prealloc"), or 0. */
uint32_t create_flag(const char *name);

/* The name of flag number `bit`, or NULL. */
const char *create_flag_name(unsigned int bit);

#endif
