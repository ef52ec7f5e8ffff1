/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Where objects are pinned: every file of every bpffs that this mount namespace shows. */
#ifndef XH_OBJ_PINS_H
#define XH_OBJ_PINS_H

#include "base/vec.h"
#include "obj/key.h"

struct pin {
	struct obj_key key;
	char *path;
};

struct pins VEC(struct pin);
#define AUTO_PINS __attribute__((cleanup(pins_free)))

/*
 * Reads all pins, sorted by kind, id and path. Files that vanish meanwhile or may not be opened are
 * left out. 0 or a negative errno with the failure recorded.
 */
int pins_read(struct pins *pins);
void pins_free(struct pins *pins);

/* The first pin of an object and how many follow it; NULL and 0 when it is not pinned. */
const struct pin *pins_of(const struct pins *pins, struct obj_key key, size_t *count);

#endif
