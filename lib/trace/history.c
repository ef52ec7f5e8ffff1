// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What was printed before an instance began: it still waits in the buffers that all share. */
#include "trace/history.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/cleanup.h"
#include "base/err.h"
#include "base/file.h"
#include "trace/cpus.h"
#include "trace/line.h"
#include "trace/parse.h"
#include "trace/source.h"

#define TEXT_MAX  (1u << 30)
#define STATS_MAX 4096

static int add(struct trace_history *history, const struct trace_record *record)
{
	return vec_push(&history->records, *record) ? fail(-ENOMEM, "queue trace records") : 0;
}

/* What the file `stats` of a CPU tells; nothing where that cannot be read. */
static void read_stats(int per_cpu, unsigned int cpu, struct buf *stats)
{
	char path[64];

	snprintf(path, sizeof(path), "cpu%u/stats", cpu);
	buf_clear(stats);
	file_read_at(per_cpu, path, STATS_MAX, stats);
}

static int add_records(struct trace_history *history, struct trace_text text, uint64_t lost)
{
	struct trace_record record;
	int err = trace_text_next(&text, &record);

	if (err > 0 && lost) {
		const struct trace_record news = { .ts_ns = record.ts_ns,
						   .cpu = record.cpu,
						   .lost = lost };

		err = add(history, &news) ?: 1;
	}
	while (err > 0)
		err = add(history, &record) ?: trace_text_next(&text, &record);
	return err;
}

static int read_text(struct trace_history *history, int per_cpu, unsigned int cpu)
{
	struct buf text AUTO_BUF = BUF_EMPTY;
	char path[64];
	int err;

	snprintf(path, sizeof(path), "cpu%u/trace", cpu);
	err = file_read_at(per_cpu, path, TEXT_MAX, &text);
	if (err)
		return fail(err, "read trace buffer of CPU %u", cpu);
	if (vec_push(&history->texts, text.data))
		return fail(-ENOMEM, "read trace buffer of CPU %u", cpu);
	take_ptr(text.data);
	return 0;
}

/* What was lost is asked for before the text is read, what time it is after that. */
static int read_cpu(struct trace_history *history, int per_cpu, unsigned int cpu)
{
	struct buf stats AUTO_BUF = BUF_EMPTY;
	struct trace_text text = { .cpu = cpu };
	uint64_t lost;
	int err;

	read_stats(per_cpu, cpu, &stats);
	lost = trace_source_stats_lost(buf_str(&stats));
	err = read_text(history, per_cpu, cpu);
	if (err)
		return err;
	read_stats(per_cpu, cpu, &stats);
	text.now_ns = trace_text_now_ns(buf_str(&stats));
	text.next = history->texts.v[history->texts.n - 1];
	err = text.next ? add_records(history, text, lost) : 0;
	if (err != -EBADMSG)
		return err;
	fail_plain(err, "the trace buffer of CPU %u is shown in a form that xh cannot read", cpu);
	return fail_hint("set the options of tracefs as they were: trace_options, trace_clock");
}

int trace_history_read(struct trace_history *history, int tracefs)
{
	struct trace_cpus cpus AUTO_TRACE_CPUS = { 0 };
	auto_fd int per_cpu = trace_cpus_open(tracefs, &cpus);
	int err = per_cpu < 0 ? per_cpu : 0;

	vec_each (cpu, &cpus)
		err = err ?: read_cpu(history, per_cpu, *cpu);
	return err;
}

void trace_history_free(struct trace_history *history)
{
	vec_each (text, &history->texts)
		free(*text);
	vec_free(&history->texts);
	vec_free(&history->records);
}

static uint64_t apart_ns(const struct trace_record *a, const struct trace_record *b)
{
	return a->ts_ns < b->ts_ns ? b->ts_ns - a->ts_ns : a->ts_ns - b->ts_ns;
}

static bool are_twins(const struct trace_record *a, const struct trace_record *b)
{
	size_t len = trace_line_message_len(a);

	return a->cpu == b->cpu && a->pid == b->pid && !a->lost &&
	       apart_ns(a, b) <= TRACE_TWIN_NS && trace_line_message_len(b) == len &&
	       !memcmp(a->message, b->message, len);
}

static const struct trace_record *find_twin(const struct trace_history *history,
					    const struct trace_record *first)
{
	const struct trace_record *twin = NULL;

	vec_each (record, &history->records) {
		if (are_twins(record, first) &&
		    (!twin || apart_ns(record, first) < apart_ns(twin, first)))
			twin = record;
	}
	return twin;
}

void trace_history_end_at(struct trace_history *history, const struct trace_record *first)
{
	const struct trace_record *twin = find_twin(history, first);
	size_t kept = 0;

	vec_each (record, &history->records) {
		/* In whole microseconds a time may seem half of one later than it was. */
		bool older = twin ? record < twin : record->ts_ns <= first->ts_ns + 500;

		if (older || record->cpu != first->cpu)
			history->records.v[kept++] = *record;
	}
	history->records.n = kept;
}

/* Those of one CPU and time stay in the order of the text that they borrow. */
static int compare(const void *one, const void *other)
{
	const struct trace_record *a = one, *b = other;

	if (a->ts_ns != b->ts_ns)
		return a->ts_ns < b->ts_ns ? -1 : 1;
	if (a->cpu != b->cpu)
		return a->cpu < b->cpu ? -1 : 1;
	return ((uintptr_t)a->message > (uintptr_t)b->message) -
	       ((uintptr_t)a->message < (uintptr_t)b->message);
}

void trace_history_sort(struct trace_history *history)
{
	if (history->records.n)
		qsort(history->records.v, history->records.n, sizeof(*history->records.v), compare);
}

bool trace_history_next(struct trace_history *history, struct trace_record *record)
{
	if (history->taken == history->records.n)
		return false;
	*record = history->records.v[history->taken++];
	return true;
}
