// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* A line on a person's terminal about what takes more than a second. */
#include "base/ticker.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/text.h"

struct ticker {
	const char *what, *unit;
	_Atomic uint64_t count;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t ended_now;
	bool ended; /* under the lock */
	bool shown; /* the thread's, until it has been joined */
};

static void show(struct ticker *ticker, unsigned int seconds)
{
	struct buf line AUTO_BUF = BUF_EMPTY;

	text_escape(&line, ticker->what, strlen(ticker->what));
	buf_printf(&line, ": %u s", seconds);
	if (ticker->unit)
		buf_printf(&line, ", %" PRIu64 " %s", ticker->count, ticker->unit);
	fprintf(stderr, "\r%s\033[K", buf_str(&line));
	fflush(stderr);
	ticker->shown = true;
}

static void *tick(void *argument)
{
	struct ticker *ticker = argument;
	struct timespec next;

	clock_gettime(CLOCK_MONOTONIC, &next);
	pthread_mutex_lock(&ticker->lock);
	for (unsigned int seconds = 1; !ticker->ended; seconds++) {
		next.tv_sec++;
		while (!ticker->ended &&
		       !pthread_cond_timedwait(&ticker->ended_now, &ticker->lock, &next))
			;
		if (!ticker->ended)
			show(ticker, seconds);
	}
	pthread_mutex_unlock(&ticker->lock);
	return NULL;
}

static void prepare(struct ticker *ticker)
{
	pthread_condattr_t attr;

	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_mutex_init(&ticker->lock, NULL);
	pthread_cond_init(&ticker->ended_now, &attr);
	pthread_condattr_destroy(&attr);
}

static void dispose(struct ticker *ticker)
{
	pthread_mutex_destroy(&ticker->lock);
	pthread_cond_destroy(&ticker->ended_now);
	free(ticker);
}

struct ticker *ticker_begin(const char *what, const char *unit)
{
	struct ticker *ticker;

	if (!isatty(STDERR_FILENO) || (unit && isatty(STDOUT_FILENO)))
		return NULL;
	ticker = calloc(1, sizeof(*ticker));
	if (!ticker)
		return NULL;
	ticker->what = what;
	ticker->unit = unit;
	prepare(ticker);
	if (!pthread_create(&ticker->thread, NULL, tick, ticker))
		return ticker;
	dispose(ticker);
	return NULL;
}

void ticker_add(struct ticker *ticker, uint64_t count)
{
	if (ticker)
		atomic_fetch_add_explicit(&ticker->count, count, memory_order_relaxed);
}

void ticker_end(struct ticker *ticker)
{
	if (!ticker)
		return;
	pthread_mutex_lock(&ticker->lock);
	ticker->ended = true;
	pthread_cond_signal(&ticker->ended_now);
	pthread_mutex_unlock(&ticker->lock);
	pthread_join(ticker->thread, NULL);
	if (ticker->shown)
		fputs("\r\033[K", stderr);
	dispose(ticker);
}
