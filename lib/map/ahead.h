/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The entries of a map read ahead by other threads, while the first shows what came before. */
#ifndef XH_MAP_AHEAD_H
#define XH_MAP_AHEAD_H

#include <stdbool.h>

#include "map/crew.h"
#include "map/entries.h"
#include "map/seam.h"
#include "map/spans.h"

struct ahead {
	struct entries *entries;
	struct block block; /* read here */
	bool may_start;
	bool started;
	struct crew crew;   /* while started */
	struct spans spans; /* if any, the lanes of the crew; else it has one, which is `entries` */
	struct seam seam;   /* of the spans */
};

/*
 * Begins to read `entries`, which is ahead's alone until ahead_close(). Threads are started only
 * once there is more than one block, and where there are CPUs for them. A large hash table is read
 * in several places at a time; the order is that of its buckets, as without threads.
 */
void ahead_open(struct ahead *ahead, struct entries *entries);
void ahead_close(struct ahead *ahead);
#define AUTO_AHEAD __attribute__((cleanup(ahead_close)))

/*
 * The next entries: 1, or 0 when there are no more, or a negative errno with the failure recorded.
 * *block is borrowed until the next call.
 */
int ahead_next(struct ahead *ahead, const struct block **block);

#endif
