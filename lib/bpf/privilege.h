/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Which capabilities it takes to load a program, and whether this process has them. */
#ifndef XH_BPF_PRIVILEGE_H
#define XH_BPF_PRIVILEGE_H

#include <stdbool.h>
#include <stdint.h>

/* True when this process may load programs of a type, and make the maps for them. */
bool privilege_to_load(uint32_t prog_type);

/* "CAP_BPF and CAP_NET_ADMIN": what the kernel asks for, since 5.8. */
const char *privilege_needed(uint32_t prog_type);

#endif
