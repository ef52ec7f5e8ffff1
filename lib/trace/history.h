/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What was printed before an instance began: it still waits in the buffers that all share. */
#ifndef XH_TRACE_HISTORY_H
#define XH_TRACE_HISTORY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/vec.h"
#include "trace/page.h"

struct trace_history {
	struct trace_texts VEC(char *) texts; /* a CPU each, which the records borrow */
	struct trace_records
		VEC(struct trace_record) records; /* those of a CPU stand together, in order */
	size_t taken;
};

/*
 * Reads the file `trace` of every CPU, which takes nothing away. News of what was overwritten stands
 * before the first record of a CPU. `tracefs` is an fd of its root. 0, or a negative errno with the
 * failure recorded.
 *
 * An instance that goes on from there is to be recording for longer than a few TRACE_TWIN_NS
 * already: then what was printed meanwhile is in both, and nothing is in neither.
 */
int trace_history_read(struct trace_history *history, int tracefs);
void trace_history_free(struct trace_history *history);

/* How far apart the stamps are that a record gets in two buffers, at most. */
#define TRACE_TWIN_NS 1000000

/*
 * `first` is the first record of its CPU in the instance: it, and all that the history has of that
 * CPU from there on, is left to the instance. The two have the same stamps but for the time between
 * the two writes, and the history has them in whole microseconds; so of lines of the same thread
 * and text within a microsecond one may be taken for the other. Where the history does not have
 * that record (any more) it is time alone that decides.
 */
void trace_history_end_at(struct trace_history *history, const struct trace_record *first);

/* All CPUs into the order of time, to be called once before the first of: */
void trace_history_sort(struct trace_history *history);

/* Takes the next record. False at the end. */
bool trace_history_next(struct trace_history *history, struct trace_record *record);

#endif
