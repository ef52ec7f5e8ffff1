/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Addresses, and for each the nearest symbol below it, of symbols that come in any order. */
#ifndef XH_JIT_NEAREST_H
#define XH_JIT_NEAREST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/vec.h"

struct nearest_row {
	uint64_t address;
	uint64_t symbol; /* the highest one found that is not above; 0: none */
	size_t name_at;  /* where its name is: the caller's to say */
	size_t name_len; /* bytes */
};

/* Zeroed memory is an empty one. */
struct nearest {
	struct nearest_rows VEC(struct nearest_row) rows; /* sorted, after nearest_begin() */
	size_t slot; /* the lowest row whose address is >= the last symbol */
};

void nearest_free(struct nearest *nearest);

/* 0 or -ENOMEM, no failure recorded. */
int nearest_add(struct nearest *nearest, uint64_t address);

/* Sorts the addresses, one of each, and forgets what was found before. */
void nearest_begin(struct nearest *nearest);

/* Takes a symbol (its address, and its name) into account; false when it is above every address. */
bool nearest_offer(struct nearest *nearest, uint64_t symbol, size_t name_at, size_t name_len);

/* After any number of symbols: gives each address the nearest of all of them. */
void nearest_settle(struct nearest *nearest);

/* False when its symbol is so far away that it would name an unrelated function, or there is none. */
bool nearest_is_named(const struct nearest_row *row);

/* The row of an address, or NULL. */
const struct nearest_row *nearest_find(const struct nearest *nearest, uint64_t address);

#endif
