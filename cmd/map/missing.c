// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What a verb says that looked for an element, and there was none. */
#include "map/missing.h"

#include "base/buf.h"
#include "base/err.h"

static const char *between(uint32_t index)
{
	if (index % 16 == 0)
		return "\n";
	return index % 8 == 0 ? "  " : " ";
}

/* A queue has no keys, but bpftool says the word all the same. */
int missing_show(struct out *out, const struct target *target)
{
	bool by_value = target->info.type == BPF_MAP_TYPE_BLOOM_FILTER;
	const uint8_t *bytes = by_value ? target->value : target->key;
	uint32_t size = by_value ? target->info.value_size : target->info.key_size;
	struct buf text AUTO_BUF = BUF_EMPTY;

	buf_addstr(&text, by_value ? "value:\n" : "key:\n");
	for (uint32_t i = 0; i < size; i++)
		buf_printf(&text, "%s%02x", i ? between(i) : "", bytes[i]);
	buf_addstr(&text, "\n\nNot found\n");
	out_token(out, NULL, NULL, "null");
	out_text(out, buf_str(&text));
	return buf_err(&text) ?: fail_shown(STATUS_MISSING);
}
