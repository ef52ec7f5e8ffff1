/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Threads that read ahead in several lanes, each one after another, for one that takes in order. */
#ifndef XH_MAP_CREW_H
#define XH_MAP_CREW_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include "map/block.h"

#define CREW_THREADS 3
#define CREW_LANES   (CREW_THREADS + 2) /* that are read at a time */
#define CREW_BLOCKS  24                 /* that a lane may be ahead */

struct crew_source {
	uint32_t lanes;
	/*
	 * Fills the next block of a lane: 1, or 0 at its end, or a negative errno. Called by any
	 * thread, for one lane by one at a time.
	 */
	int (*read)(void *context, uint32_t lane, struct block *block);
	void *context;
};

struct lane {
	struct block blocks[CREW_BLOCKS];
	uint32_t filled; /* blocks, ever */
	uint32_t freed;  /* those that were taken, and are done with */
	bool busy;       /* the next is being read */
	bool ended;      /* none comes any more */
	int result;      /* 0, or why */
};

struct crew {
	struct crew_source source;
	pthread_t threads[CREW_THREADS];
	unsigned int thread_count;

	/* Of all threads, under the lock. */
	pthread_mutex_t lock;
	pthread_cond_t changed;
	struct lane lanes[CREW_LANES]; /* lane n of the source is n % CREW_LANES */
	uint32_t current;              /* the lane that blocks are taken from */
	bool stopped;                  /* no more are wanted */

	bool taken; /* the caller has a block of the current lane */
};

/*
 * Starts up to `threads` threads, which read until crew_close(). With few of them, or none if no
 * more can be had, crew_next() reads all the more itself.
 */
void crew_open(struct crew *crew, const struct crew_source *source, unsigned int threads);
void crew_close(struct crew *crew);

/*
 * The next block of all lanes one after another, the caller's to change until the next call: 1, or
 * 0 after the last, or what the read of it answered. Reads what comes later while it has to wait.
 */
int crew_next(struct crew *crew, struct block **block);

#endif
