/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Words that say themselves what bytes they mean: "u64:7", "str:hello", "ip:10.0.0.0/8". */
#ifndef XH_MAP_LITERAL_H
#define XH_MAP_LITERAL_H

#include <stdbool.h>
#include <stdint.h>

/* What the bytes are for. */
struct literal {
	const char *what; /* in messages: "key of map hosts" */
	uint32_t size;    /* bytes that there have to be */
	bool prefix; /* of an LPM trie: a length in bits of four bytes comes before an address */
};

/* True for a word that begins with one of the prefixes. */
bool literal_is(const char *word);

/*
 * Writes the `size` bytes of such a word; a string is filled up with zeros, an LPM key without a
 * length means all of the address. 0 or a negative errno with the failure recorded.
 */
int literal_read(const struct literal *literal, const char *word, uint8_t *bytes);

/* What can be written, for hints. */
#define LITERAL_FORMS "u8: u16: u32: u64: i8: i16: i32: i64: str: ip: mac:"

#endif
