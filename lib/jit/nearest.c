// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Addresses, and for each the nearest symbol below it, of symbols that come in any order. */
#include "jit/nearest.h"

#include <stdlib.h>

#define REACH (64 * 1024) /* no kernel function is longer */

void nearest_free(struct nearest *nearest)
{
	vec_free(&nearest->rows);
}

int nearest_add(struct nearest *nearest, uint64_t address)
{
	struct nearest_row row = { .address = address };

	return vec_push(&nearest->rows, row);
}

static int compare(const void *a, const void *b)
{
	uint64_t left = ((const struct nearest_row *)a)->address;
	uint64_t right = ((const struct nearest_row *)b)->address;

	return (left > right) - (left < right);
}

void nearest_begin(struct nearest *nearest)
{
	struct nearest_rows *rows = &nearest->rows;
	size_t kept = 0;

	if (rows->n)
		qsort(rows->v, rows->n, sizeof(*rows->v), compare);
	vec_each (row, rows) {
		if (!kept || rows->v[kept - 1].address != row->address)
			rows->v[kept++] = (struct nearest_row){ .address = row->address };
	}
	rows->n = kept;
	nearest->slot = 0;
}

static bool in_slot(const struct nearest *nearest, uint64_t symbol)
{
	const struct nearest_rows *rows = &nearest->rows;

	return (nearest->slot == 0 || rows->v[nearest->slot - 1].address < symbol) &&
	       (nearest->slot == rows->n || symbol <= rows->v[nearest->slot].address);
}

/* Moves the slot to the lowest address that is not below `symbol`. */
static void find_slot(struct nearest *nearest, uint64_t symbol)
{
	size_t low = 0, high = nearest->rows.n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (nearest->rows.v[middle].address < symbol)
			low = middle + 1;
		else
			high = middle;
	}
	nearest->slot = low;
}

/*
 * To the lowest address that it can name; nearest_settle() passes it on to the others at the end. So
 * the order of the symbols does not matter.
 */
bool nearest_offer(struct nearest *nearest, uint64_t symbol, size_t name_at, size_t name_len)
{
	struct nearest_row *row;

	if (!in_slot(nearest, symbol))
		find_slot(nearest, symbol);
	if (nearest->slot == nearest->rows.n)
		return false;
	row = &nearest->rows.v[nearest->slot];
	if (symbol > row->symbol) {
		row->symbol = symbol;
		row->name_at = name_at;
		row->name_len = name_len;
	}
	return true;
}

void nearest_settle(struct nearest *nearest)
{
	struct nearest_row *rows = nearest->rows.v;

	for (size_t i = 1; i < nearest->rows.n; i++) {
		if (rows[i].symbol >= rows[i - 1].symbol)
			continue;
		rows[i].symbol = rows[i - 1].symbol;
		rows[i].name_at = rows[i - 1].name_at;
		rows[i].name_len = rows[i - 1].name_len;
	}
}

bool nearest_is_named(const struct nearest_row *row)
{
	return row->symbol && row->address - row->symbol < REACH;
}

const struct nearest_row *nearest_find(const struct nearest *nearest, uint64_t address)
{
	const struct nearest_row key = { .address = address };

	if (!nearest->rows.n)
		return NULL;
	return bsearch(&key, nearest->rows.v, nearest->rows.n, sizeof(key), compare);
}
