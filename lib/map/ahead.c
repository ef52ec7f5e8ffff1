// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The entries of a map read ahead by other threads, while the first shows what came before. */
#include "map/ahead.h"

#include <sched.h>

/* Smaller blocks are of values so large that it is not the kernel that takes the time. */
#define ROOM_MIN 64

/* CPUs that this process may use besides the one it is on. */
static unsigned int spare_cpus(void)
{
	cpu_set_t cpus;

	if (sched_getaffinity(0, sizeof(cpus), &cpus))
		return 0;
	return (unsigned int)CPU_COUNT(&cpus) - 1;
}

void ahead_open(struct ahead *ahead, struct entries *entries)
{
	*ahead = (struct ahead){
		.entries = entries,
		.may_start = entries->max_entries > entries->room,
	};
}

static int read_on(void *context, uint32_t lane, struct block *block)
{
	struct ahead *ahead = context;

	(void)lane;
	return entries_read(ahead->entries, block);
}

static int read_span(void *context, uint32_t lane, struct block *block)
{
	struct ahead *ahead = context;

	return spans_read(&ahead->spans, lane, block);
}

static bool can_split(const struct entries *entries)
{
	return entries->way == ENTRIES_BATCH && entries->shape.kinds->in_buckets &&
	       entries->room >= ROOM_MIN && entries->shape.key_size <= SPANS_KEY_MAX;
}

/* By the block that was read here, of the first buckets; false when one lane will do. */
static bool split(struct ahead *ahead)
{
	struct entries *entries = ahead->entries;

	if (!can_split(entries))
		return false;
	ahead->spans = (struct spans){
		.fd = entries->fd,
		.shape = &entries->shape,
		.room = entries->room,
		.seen = ahead->block.count,
		.seen_in = entries_bucket(entries),
		.lookup = sys_map_lookup_batch,
	};
	ahead->seam = (struct seam){
		.position = ahead->spans.seen_in,
		.reaching = { .key_size = entries->shape.key_size },
	};
	if (spans_plan(&ahead->spans, entries->max_entries) > 1)
		return true;
	spans_free(&ahead->spans);
	return false;
}

static void start(struct ahead *ahead)
{
	unsigned int threads = spare_cpus();
	struct crew_source source = { .lanes = 1, .read = read_on, .context = ahead };

	ahead->may_start = false;
	if (!threads || ahead->entries->way == ENTRIES_DONE)
		return;
	if (split(ahead)) {
		source.lanes = ahead->spans.n;
		source.read = read_span;
	} else {
		threads = 1;
	}
	crew_open(&ahead->crew, &source, threads);
	ahead->started = true;
}

static void stop(struct ahead *ahead)
{
	if (ahead->started)
		crew_close(&ahead->crew);
	ahead->started = false;
}

static int read_here(struct ahead *ahead, const struct block **block)
{
	int more = entries_read(ahead->entries, &ahead->block);

	*block = &ahead->block;
	return more;
}

/* Whatever is wrong with a span: the kernel is asked anew for what follows the last bucket shown. */
static int go_on_alone(struct ahead *ahead, const struct block **block)
{
	stop(ahead);
	entries_seek(ahead->entries, ahead->seam.position);
	return read_here(ahead, block);
}

static int take_span(struct ahead *ahead, const struct block **block)
{
	struct block *next = NULL;
	int more;

	do {
		more = crew_next(&ahead->crew, &next);
		if (more > 0)
			more = seam_join(&ahead->seam, &ahead->entries->shape, next) ?: 1;
	} while (more > 0 && !next->count);
	*block = next;
	return more < 0 ? go_on_alone(ahead, block) : more;
}

static int take(struct ahead *ahead, const struct block **block)
{
	struct block *next = NULL;
	int more;

	if (ahead->spans.n)
		return take_span(ahead, block);
	more = crew_next(&ahead->crew, &next);
	*block = next;
	return more;
}

int ahead_next(struct ahead *ahead, const struct block **block)
{
	int more;

	if (ahead->may_start && ahead->block.count)
		start(ahead);
	more = ahead->started ? take(ahead, block) : read_here(ahead, block);
	return more < 0 ? entries_fail(ahead->entries, more) : more;
}

void ahead_close(struct ahead *ahead)
{
	stop(ahead);
	block_free(&ahead->block);
	spans_free(&ahead->spans);
	seam_free(&ahead->seam);
}
