/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The kernel's words for its numbers (include/uapi/linux/bpf.h, up to Linux 7.0). */
#ifndef XH_BPF_NAMES_H
#define XH_BPF_NAMES_H

#include <stddef.h>
#include <stdint.h>

/* The name of a number, asked of the kernel when it is newer than the table; NULL when unknown. */
const char *names_prog_type(uint32_t type);
const char *names_map_type(uint32_t type);
const char *names_link_type(uint32_t type);

/* names_*() or "type 42", written to `scratch` if need be. */
#define NAMES_SCRATCH 24
const char *names_prog_type_or_number(uint32_t type, char scratch[NAMES_SCRATCH]);
const char *names_map_type_or_number(uint32_t type, char scratch[NAMES_SCRATCH]);

#endif
