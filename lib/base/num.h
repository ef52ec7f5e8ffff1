/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Numbers from words: whole, in range, or refused. */
#ifndef XH_BASE_NUM_H
#define XH_BASE_NUM_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Reads a number from 0 to `max`: decimal, or hexadecimal after 0x. The whole word has to be the
 * number; a sign, blanks, trailing bytes, and a leading zero that could mean octal are refused.
 * 0, or -EINVAL / -ERANGE with no failure recorded and *value untouched.
 */
int num_read(const char *word, uint64_t max, uint64_t *value);

/* num_read() that records a failure which names `what`, the word and the range. */
int num_parse(const char *what, const char *word, uint64_t max, uint64_t *value);

/* True for a leading zero, which could mean octal: what num_read() refuses and could be explained. */
bool num_is_ambiguous(const char *word);

/* The value of one hexadecimal digit, or -1. */
int num_hex_digit(char c);

#endif
