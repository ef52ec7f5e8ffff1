// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The entries of several CPUs in the order of time. */
#include "trace/merge.h"

#include "trace/source.h"

bool trace_merge_round(struct trace_merge *merge, bool final)
{
	uint64_t newest_ns = merge->newest_ns;
	bool drained = true;

	merge->complete_ns = merge->newest_ns;
	merge->turn = NULL;
	for (size_t i = 0; i < merge->n; i++) {
		const struct trace_source *source = &merge->sources[i];

		drained = drained && source->drained;
		if (!source->drained && source->newest_ns < merge->complete_ns)
			merge->complete_ns = source->newest_ns;
		if (source->newest_ns > newest_ns)
			newest_ns = source->newest_ns;
	}
	merge->newest_ns = newest_ns;
	if (final && drained)
		merge->complete_ns = UINT64_MAX;
	return final && drained;
}

static uint64_t head_ns(const struct trace_source *source)
{
	return trace_source_head(source)->ts_ns;
}

/* Gives the turn to the source with the earliest entry, until another one has an earlier one. */
static void choose(struct trace_merge *merge)
{
	merge->turn = NULL;
	merge->turn_until_ns = UINT64_MAX;
	for (size_t i = 0; i < merge->n; i++) {
		struct trace_source *source = &merge->sources[i];

		if (!trace_source_head(source))
			continue;
		if (!merge->turn) {
			merge->turn = source;
		} else if (head_ns(source) < head_ns(merge->turn)) {
			merge->turn_until_ns = head_ns(merge->turn);
			merge->turn = source;
		} else if (head_ns(source) < merge->turn_until_ns) {
			merge->turn_until_ns = head_ns(source);
		}
	}
}

struct trace_source *trace_merge_next(struct trace_merge *merge)
{
	struct trace_source *turn = merge->turn;

	if (!turn || !trace_source_head(turn) || head_ns(turn) > merge->turn_until_ns)
		choose(merge);
	turn = merge->turn;
	return turn && head_ns(turn) <= merge->complete_ns ? turn : NULL;
}

bool trace_merge_waits(const struct trace_merge *merge)
{
	for (size_t i = 0; i < merge->n; i++) {
		if (trace_source_head(&merge->sources[i]))
			return true;
	}
	return false;
}
