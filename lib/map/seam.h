/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Where spans of buckets meet: what one read of the next is shown once. */
#ifndef XH_MAP_SEAM_H
#define XH_MAP_SEAM_H

#include <stdint.h>

#include "map/block.h"
#include "map/keyset.h"

/*
 * Elements stay in their buckets, and a bucket is read whole. So one that was there all the time is
 * shown exactly once if a bucket that two spans have read is shown as the first found it, and of
 * the second only what the first cannot have had.
 */
struct seam {
	uint32_t position;      /* the buckets before this one are done */
	struct keyset reaching; /* keys that may be of buckets of a span to come */
};

/*
 * Takes out of `block`, the next of all spans one after another, what was shown already; maybe
 * all of it. 0 or -ENOMEM, no failure recorded. A seam begins as zeroed memory with the position
 * and the size of keys set.
 */
int seam_join(struct seam *seam, const struct shape *shape, struct block *block);
void seam_free(struct seam *seam);

#endif
