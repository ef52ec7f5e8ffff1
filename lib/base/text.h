/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Words and strings: what may reach a terminal, what looks like what. */
#ifndef XH_BASE_TEXT_H
#define XH_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

/* True when `string` begins with `prefix`. */
bool text_starts(const char *string, const char *prefix);

/*
 * Reads the UTF-8 character (RFC 3629) at `bytes` into *code: its length in bytes (1 to 4), or 0,
 * *code then being anything, where there is none: no bytes, bad ones, or a character cut short.
 */
size_t text_decode(const char *bytes, size_t len, uint32_t *code);

/*
 * The length in bytes (1 to 4) of the well-formed UTF-8 character at `bytes` that is safe to show;
 * 0 for a control character (C0, DEL, C1, and the characters that reorder text) or for a bad byte.
 */
size_t text_printable(const char *bytes, size_t len);

/* Appends `len` bytes with every unprintable one written as \xNN, newline and tab included. */
void text_escape(struct buf *buf, const char *bytes, size_t len);

/*
 * How far `typed` is from `candidate` in insertions, deletions, changes and swaps of neighbours;
 * SIZE_MAX for words longer than 63 bytes, which are no typing slips.
 */
size_t text_distance(const char *typed, const char *candidate);

/* True when `candidate` is near enough to `typed` to be offered as "did you mean". */
bool text_near(const char *typed, const char *candidate);

#endif
