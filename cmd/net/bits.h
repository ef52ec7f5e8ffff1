/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Sets of features, which the kernel tells as bits. */
#ifndef XH_CMD_NET_BITS_H
#define XH_CMD_NET_BITS_H

#include <stdint.h>

struct out;

/* A set, and what to call its bits; NULL for a bit that has no name. */
struct bits {
	uint64_t set;
	const char *(*name)(unsigned int bit);
};

/*
 * Emits an array of words; in text they stand after `text`, unless that is NULL. A bit without a
 * name is shown as its hexadecimal value.
 */
void bits_show(struct out *out, const char *key, const char *text, struct bits bits);

#endif
