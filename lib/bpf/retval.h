/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The names of what programs return: actions of XDP and tc. */
#ifndef XH_BPF_RETVAL_H
#define XH_BPF_RETVAL_H

#include <stdint.h>

/* "XDP_PASS", "TC_ACT_OK"; NULL where the kernel's headers have no name for it. */
const char *retval_name(uint32_t prog_type, uint32_t value);

#endif
