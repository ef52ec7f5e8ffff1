/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The entries of a map read ahead by a second thread, while the first shows what came before. */
#ifndef XH_MAP_AHEAD_H
#define XH_MAP_AHEAD_H

#include <pthread.h>
#include <stdbool.h>

#include "base/err.h"
#include "map/entries.h"

/* Enough for either thread to go on while the other is held up for a moment. */
#define AHEAD_BLOCKS 4

struct ahead {
	struct entries *entries;
	struct entries_block blocks[AHEAD_BLOCKS];
	bool may_start;
	bool started;
	pthread_t thread;

	/* Of both threads, under the lock. */
	pthread_mutex_t lock;
	pthread_cond_t changed;
	unsigned long filled; /* blocks, ever */
	unsigned long freed;  /* those that were shown */
	bool ended;           /* no block comes any more */
	bool stopped;         /* none is wanted */
	int result;           /* 0, or why it ended */
	struct failure failure;

	bool shown; /* the caller looks at a block */
};

/*
 * Begins to read `entries`, which is ahead's alone until ahead_close(). A thread is started only
 * once there is more than one block, and where there is a second CPU for it.
 */
void ahead_open(struct ahead *ahead, struct entries *entries);
void ahead_close(struct ahead *ahead);
#define AUTO_AHEAD __attribute__((cleanup(ahead_close)))

/* As entries_next(); *block is borrowed until the next call. */
int ahead_next(struct ahead *ahead, const struct entries_block **block);

#endif
