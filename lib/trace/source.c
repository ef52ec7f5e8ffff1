// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The events of one CPU of an instance, read ahead in whole pages. */
#include "trace/source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/cleanup.h"
#include "base/err.h"
#include "base/file.h"
#include "base/text.h"
#include "trace/format.h"

#define PAGES_MAX 32
#define STATS_MAX 4096

int trace_source_open(struct trace_source *source, int per_cpu, unsigned int cpu)
{
	char path[64];

	*source = (struct trace_source){ .cpu = cpu, .per_cpu = per_cpu };
	snprintf(path, sizeof(path), "cpu%u/trace_pipe_raw", cpu);
	source->fd = openat(per_cpu, path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	return source->fd < 0 ? fail(-errno, "open trace buffer of CPU %u", cpu) : 0;
}

void trace_source_close(struct trace_source *source)
{
	cleanup_fd(&source->fd);
	free(source->pages);
	vec_free(&source->entries);
}

uint64_t trace_source_stats_lost(const char *stats)
{
	static const char *const counters[] = { "overrun: ", "commit overrun: ",
						"dropped events: " };
	uint64_t sum = 0;

	for (; *stats; stats += strcspn(stats, "\n"), stats += *stats == '\n') {
		for (size_t i = 0; i < sizeof(counters) / sizeof(*counters); i++) {
			if (text_starts(stats, counters[i]))
				sum += strtoull(stats + strlen(counters[i]), NULL, 10);
		}
	}
	return sum;
}

static int queue(struct trace_source *source, const struct trace_entry *entry)
{
	if (entry->ts_ns > source->newest_ns)
		source->newest_ns = entry->ts_ns;
	return vec_push(&source->entries, *entry) ? fail(-ENOMEM, "queue trace records") : 0;
}

int trace_source_count_lost(struct trace_source *source, uint64_t ts_ns)
{
	AUTO_BUF struct buf stats = BUF_EMPTY;
	char path[64];
	uint64_t lost;
	int err;

	snprintf(path, sizeof(path), "cpu%u/stats", source->cpu);
	err = file_read_at(source->per_cpu, path, STATS_MAX, &stats);
	if (err)
		return fail(err, "read trace statistics of CPU %u", source->cpu);
	lost = trace_source_stats_lost(buf_str(&stats));
	if (lost <= source->lost)
		return 0;
	err = queue(source, &(struct trace_entry){ .ts_ns = ts_ns, .lost = lost - source->lost });
	source->lost = lost;
	return err;
}

/* Queues the events of a page. */
static int add_page(struct trace_source *source, const struct trace_layout *layout,
		    const unsigned char *bytes)
{
	struct trace_page page;
	struct trace_entry entry;
	int err = trace_page_open(&page, layout, bytes);

	/* A page tells how many only when it has the room for that: the statistics always do. */
	if (!err && page.missed)
		err = trace_source_count_lost(source, page.ts_ns);
	while (!err && (err = trace_page_next(&page, &entry)) > 0)
		err = queue(source, &entry);
	if (err == -EBADMSG)
		fail_plain(err, "trace buffer of CPU %u: damaged page", source->cpu);
	return err;
}

/* The room for pages, free once nobody waits for what is in it. */
static int make_room(struct trace_source *source, size_t page_size)
{
	if (source->taken == source->entries.n)
		source->taken = source->entries.n = source->pages_used = 0;
	source->pages = source->pages ?: malloc(PAGES_MAX * page_size);
	return source->pages ? 0 : fail(-ENOMEM, "allocate a trace buffer");
}

int trace_source_read(struct trace_source *source, const struct trace_layout *layout)
{
	size_t page_size = trace_layout_page_size(layout);
	int err = make_room(source, page_size);

	source->drained = false;
	while (!err && source->pages_used < PAGES_MAX) {
		unsigned char *page = source->pages + source->pages_used * page_size;
		ssize_t got = read(source->fd, page, page_size);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0 && errno != EAGAIN)
			return fail(-errno, "read trace buffer of CPU %u", source->cpu);
		if (got <= 0) {
			source->drained = true;
			return 0;
		}
		/* After a short read there is an earlier page's rest, which is no event. */
		memset(page + got, 0, page_size - (size_t)got);
		source->pages_used++;
		err = add_page(source, layout, page);
	}
	return err;
}
