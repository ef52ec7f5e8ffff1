// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Threads that read ahead in several lanes, each one after another, for one that takes in order. */
#include "map/crew.h"

static struct lane *lane_of(struct crew *crew, uint32_t number)
{
	return &crew->lanes[number % CREW_LANES];
}

/* The first lane of which a block can be read now: its number, or the count of all for none. */
static uint32_t find_work(struct crew *crew)
{
	uint32_t count = crew->source.lanes - crew->current;

	if (count > CREW_LANES)
		count = CREW_LANES;
	for (uint32_t number = crew->current; number < crew->current + count; number++) {
		const struct lane *lane = lane_of(crew, number);

		if (!lane->busy && !lane->ended && lane->filled - lane->freed < CREW_BLOCKS)
			return number;
	}
	return crew->source.lanes;
}

/* Under the lock, which is free during the read itself; false when there was nothing to do. */
static bool work(struct crew *crew)
{
	uint32_t number = find_work(crew);
	struct lane *lane = lane_of(crew, number);
	struct block *block;
	int more;

	if (number == crew->source.lanes)
		return false;
	block = &lane->blocks[lane->filled % CREW_BLOCKS];
	lane->busy = true;
	pthread_mutex_unlock(&crew->lock);
	more = crew->source.read(crew->source.context, number, block);
	pthread_mutex_lock(&crew->lock);
	lane->busy = false;
	lane->filled += more > 0;
	lane->ended = more <= 0;
	lane->result = more < 0 ? more : 0;
	pthread_cond_broadcast(&crew->changed);
	return true;
}

static void *work_until_stopped(void *context)
{
	struct crew *crew = context;

	pthread_mutex_lock(&crew->lock);
	while (!crew->stopped) {
		if (!work(crew))
			pthread_cond_wait(&crew->changed, &crew->lock);
	}
	pthread_mutex_unlock(&crew->lock);
	return NULL;
}

void crew_open(struct crew *crew, const struct crew_source *source, unsigned int threads)
{
	*crew = (struct crew){
		.source = *source,
		.lock = PTHREAD_MUTEX_INITIALIZER,
		.changed = PTHREAD_COND_INITIALIZER,
	};
	while (crew->thread_count < threads && crew->thread_count < CREW_THREADS &&
	       !pthread_create(&crew->threads[crew->thread_count], NULL, work_until_stopped, crew))
		crew->thread_count++;
}

static void free_taken(struct crew *crew)
{
	if (!crew->taken)
		return;
	crew->taken = false;
	lane_of(crew, crew->current)->freed++;
	pthread_cond_broadcast(&crew->changed);
}

/* The place of a lane that is done with is the next one's of those that wait for a place. */
static void leave_lane(struct crew *crew)
{
	lane_of(crew, crew->current++)->ended = false;
	pthread_cond_broadcast(&crew->changed);
}

/* Under the lock; 1, or 0 after the last, or a negative errno. */
static int take(struct crew *crew, struct block **block)
{
	while (crew->current < crew->source.lanes) {
		struct lane *lane = lane_of(crew, crew->current);

		if (lane->filled != lane->freed) {
			*block = &lane->blocks[lane->freed % CREW_BLOCKS];
			crew->taken = true;
			return 1;
		}
		if (lane->result)
			return lane->result;
		if (lane->ended)
			leave_lane(crew);
		else if (!work(crew))
			pthread_cond_wait(&crew->changed, &crew->lock);
	}
	return 0;
}

int crew_next(struct crew *crew, struct block **block)
{
	int more;

	pthread_mutex_lock(&crew->lock);
	free_taken(crew);
	more = take(crew, block);
	pthread_mutex_unlock(&crew->lock);
	return more;
}

void crew_close(struct crew *crew)
{
	pthread_mutex_lock(&crew->lock);
	crew->stopped = true;
	pthread_cond_broadcast(&crew->changed);
	pthread_mutex_unlock(&crew->lock);
	for (unsigned int i = 0; i < crew->thread_count; i++)
		pthread_join(crew->threads[i], NULL);
	for (unsigned int lane = 0; lane < CREW_LANES; lane++) {
		for (unsigned int i = 0; i < CREW_BLOCKS; i++)
			block_free(&crew->lanes[lane].blocks[i]);
	}
}
