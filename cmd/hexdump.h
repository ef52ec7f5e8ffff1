/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Bytes as rows of hexadecimal numbers and characters. */
#ifndef XH_CMD_HEXDUMP_H
#define XH_CMD_HEXDUMP_H

#include <stddef.h>

struct out;

/* Emits the bytes: rows of 16 with their offset in text, an array of numbers in JSON. */
void hexdump_show(struct out *out, const char *key, const void *bytes, size_t len);

#endif
