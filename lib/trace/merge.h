/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The entries of several CPUs in the order of time. */
#ifndef XH_TRACE_MERGE_H
#define XH_TRACE_MERGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct trace_source;

/*
 * A CPU is read while others go on writing, so what was read is not at once complete up to its last
 * event. But an event read in an earlier round is older than the begin of this round, and a CPU
 * found empty in this round has nothing that old any more. So entries go out up to `complete_ns`:
 * the newest event of the earlier rounds, or less where a CPU had more than fits into one round.
 */
struct trace_merge {
	struct trace_source *sources; /* borrowed */
	size_t n;
	uint64_t newest_ns; /* of all rounds so far */
	uint64_t complete_ns;
	struct trace_source *turn; /* whose entries come next, up to turn_until_ns */
	uint64_t turn_until_ns;
};

/*
 * To be called when each source was read or found empty. With `final` no event can come any more.
 * True when with that everything has been read.
 */
bool trace_merge_round(struct trace_merge *merge, bool final);

/* The source whose head is the next entry of all, or NULL when that takes another round. */
struct trace_source *trace_merge_next(struct trace_merge *merge);

/* True when an entry waits, may it go out yet or not. */
bool trace_merge_waits(const struct trace_merge *merge);

#endif
