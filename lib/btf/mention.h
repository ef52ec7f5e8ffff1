/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Whether a BTF object of the kernel is worth being loaded: a look at its bytes. */
#ifndef XH_BTF_MENTION_H
#define XH_BTF_MENTION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

/* Memory to be used again from one object to the next, and what the last one was found to be. */
struct mention {
	struct buf bytes;
	uint32_t btf_id;
	bool found;
};

/*
 * True when `word` stands anywhere in the BTF object `btf_id`, or that cannot be told; always the
 * same word with the same struct mention, which begins as zeroed memory.
 */
bool mention_find(struct mention *mention, uint32_t btf_id, const char *word);
void mention_free(struct mention *mention);

#endif
