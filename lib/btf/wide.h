/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Integers of up to 128 bits from words, and whether a type has room for them. */
#ifndef XH_BTF_WIDE_H
#define XH_BTF_WIDE_H

#include <stdbool.h>
#include <stdint.h>

#include "btf/number.h"

struct buf;

struct wide {
	bool negative;
	uint64_t low, high; /* without the sign */
};

/*
 * Reads a whole word: decimal, or hexadecimal after 0x, with or without a minus; a zero in front
 * that could mean octal is refused. 0, or -EINVAL / -ERANGE with no failure recorded.
 */
int wide_read(const char *word, struct wide *value);

/* True when an integer of `bits` bits (1 to 128) can be that. */
bool wide_fits(const struct wide *value, unsigned int bits, bool is_signed);

/* The value as a two's complement. */
struct number_bits wide_bits(const struct wide *value);

/* Appends "-128 to 127"; for more than 64 bits "of 128 bits". */
void wide_range(unsigned int bits, bool is_signed, struct buf *text);

#endif
