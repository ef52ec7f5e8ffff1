/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The events of one CPU of an instance, read ahead in whole pages. */
#ifndef XH_TRACE_SOURCE_H
#define XH_TRACE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/vec.h"
#include "trace/page.h"

struct trace_layout;

struct trace_source {
	unsigned int cpu;
	int per_cpu;        /* fd of the directory of all CPUs' buffers, borrowed */
	int fd;             /* its trace_pipe_raw, which never blocks */
	bool drained;       /* there was no more to read */
	uint64_t newest_ns; /* of the events read */
	uint64_t lost;      /* events told as lost so far */
	unsigned char *pages;
	size_t pages_used;
	size_t taken;
	struct trace_entries VEC(struct trace_entry) entries; /* from `taken` on they wait */
};

/*
 * Opens a CPU's buffer below `per_cpu`, which stays open as long. 0, or a negative errno with the
 * failure recorded.
 */
int trace_source_open(struct trace_source *source, int per_cpu, unsigned int cpu);
void trace_source_close(struct trace_source *source);

/*
 * Reads pages until the CPU has no more or the room is used up, which all entries taken gives back.
 * 0, or a negative errno with the failure recorded.
 */
int trace_source_read(struct trace_source *source, const struct trace_layout *layout);

/*
 * Queues an entry for the events that the kernel counts as lost and that were not told yet. 0, or a
 * negative errno with the failure recorded.
 */
int trace_source_count_lost(struct trace_source *source, uint64_t ts_ns);

/* The first entry that waits, or NULL. */
static inline const struct trace_entry *trace_source_head(const struct trace_source *source)
{
	return source->taken < source->entries.n ? &source->entries.v[source->taken] : NULL;
}

/* The sum of events in the text of a per_cpu/cpuN/stats that no reader will see. */
uint64_t trace_source_stats_lost(const char *stats);

#endif
