// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The entries of a map read ahead by a second thread, while the first shows what came before. */
#include "map/ahead.h"

#include <sched.h>

static bool has_second_cpu(void)
{
	cpu_set_t cpus;

	return !sched_getaffinity(0, sizeof(cpus), &cpus) && CPU_COUNT(&cpus) > 1;
}

void ahead_open(struct ahead *ahead, struct entries *entries)
{
	*ahead = (struct ahead){
		.entries = entries,
		.may_start = entries->max_entries > entries->room && has_second_cpu(),
		.lock = PTHREAD_MUTEX_INITIALIZER,
		.changed = PTHREAD_COND_INITIALIZER,
	};
}

/* The next block to fill, or NULL when none is wanted any more. */
static struct entries_block *wait_for_room(struct ahead *ahead)
{
	struct entries_block *block = NULL;

	pthread_mutex_lock(&ahead->lock);
	while (!ahead->stopped && ahead->filled - ahead->freed == AHEAD_BLOCKS)
		pthread_cond_wait(&ahead->changed, &ahead->lock);
	if (!ahead->stopped)
		block = &ahead->blocks[ahead->filled % AHEAD_BLOCKS];
	pthread_mutex_unlock(&ahead->lock);
	return block;
}

static void hand_over(struct ahead *ahead, int more)
{
	pthread_mutex_lock(&ahead->lock);
	if (more > 0) {
		ahead->filled++;
	} else {
		ahead->ended = true;
		ahead->result = more;
	}
	/* Failures are of the thread in which they happen. */
	if (more < 0)
		ahead->failure = *fail_last();
	pthread_cond_signal(&ahead->changed);
	pthread_mutex_unlock(&ahead->lock);
}

static void *read_ahead(void *context)
{
	struct ahead *ahead = context;
	int more = 1;

	while (more > 0) {
		struct entries_block *block = wait_for_room(ahead);

		if (!block)
			break;
		more = entries_next(ahead->entries, block);
		hand_over(ahead, more);
	}
	return NULL;
}

/* Frees the block that was shown, and takes the next. */
static int take(struct ahead *ahead, const struct entries_block **block)
{
	bool any;

	pthread_mutex_lock(&ahead->lock);
	ahead->freed += ahead->shown;
	pthread_cond_signal(&ahead->changed);
	while (ahead->filled == ahead->freed && !ahead->ended)
		pthread_cond_wait(&ahead->changed, &ahead->lock);
	any = ahead->filled != ahead->freed;
	*block = &ahead->blocks[ahead->freed % AHEAD_BLOCKS];
	pthread_mutex_unlock(&ahead->lock);
	ahead->shown = any;
	if (any || !ahead->result)
		return any;
	return fail_plain(ahead->result, "%s", ahead->failure.text);
}

static int read_here(struct ahead *ahead, const struct entries_block **block)
{
	int more = entries_next(ahead->entries, ahead->blocks);

	*block = ahead->blocks;
	return more;
}

int ahead_next(struct ahead *ahead, const struct entries_block **block)
{
	int more;

	if (ahead->started)
		return take(ahead, block);
	more = read_here(ahead, block);
	if (more <= 0 || !ahead->may_start || ahead->entries->way == ENTRIES_DONE)
		return more;
	/* The block just read is the first that was filled; without a thread all goes on here. */
	ahead->may_start = false;
	ahead->filled = 1;
	ahead->shown = true;
	ahead->started = !pthread_create(&ahead->thread, NULL, read_ahead, ahead);
	return more;
}

void ahead_close(struct ahead *ahead)
{
	if (ahead->started) {
		pthread_mutex_lock(&ahead->lock);
		ahead->stopped = true;
		pthread_cond_signal(&ahead->changed);
		pthread_mutex_unlock(&ahead->lock);
		pthread_join(ahead->thread, NULL);
	}
	for (size_t i = 0; i < AHEAD_BLOCKS; i++)
		entries_block_free(&ahead->blocks[i]);
}
