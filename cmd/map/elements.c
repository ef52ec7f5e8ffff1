// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The elements of a map, one after another. */
#include "map/elements.h"

#include "base/ticker.h"
#include "map/ahead.h"
#include "map/entries.h"
#include "map/entry.h"
#include "out/out.h"

static void show_one(struct out *out, const struct elements *elements, const uint8_t *key,
		     const uint8_t *value)
{
	bool own_line = elements->nested && entry_is_typed(elements->entry);

	if (own_line) {
		out_text(out, "\t\t");
		out_typed_line(out);
	}
	entry_show(out, elements->entry, key, value);
	if (own_line)
		out_end(out);
}

static void show_block(struct out *out, struct elements *elements,
		       const struct block *block, uint64_t *left)
{
	const struct shape *shape = &elements->entry->shape;
	const uint8_t *key = block->keys, *value = block->values;

	for (uint32_t i = 0; i < block->count && *left; i++, --*left) {
		if (block->errs[i])
			entry_show_error(out, elements->entry, key, block->errs[i]);
		else
			show_one(out, elements, key, value);
		elements->found += !block->errs[i];
		key += shape->key_size;
		value += shape->value_stride;
	}
}

int elements_show(struct out *out, struct entries *entries, struct elements *elements)
{
	struct ahead ahead AUTO_AHEAD;
	const struct block *block;
	uint64_t left = elements->limit;
	struct ticker *ticker;
	int more;

	ticker = elements->nested ? NULL : ticker_begin("map dump", "elements");
	ahead_open(&ahead, entries);
	do {
		more = ahead_next(&ahead, &block);
		if (more <= 0)
			break;
		show_block(out, elements, block, &left);
		ticker_add(ticker, block->count);
	} while (left && !out_err(out));
	ticker_end(ticker);
	return more < 0 ? more : out_err(out);
}
