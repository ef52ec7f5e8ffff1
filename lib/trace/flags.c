// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* In which context a record was made, as the five characters that trace_pipe has for it. */
#include "trace/flags.h"

#include <stdint.h>
#include <string.h>

#include "trace/page.h"

/* common_flags of an event. */
#define IRQS_OFF        0x01
#define RESCHED_LAZY    0x02
#define RESCHED         0x04
#define HARDIRQ         0x08
#define SOFTIRQ         0x10
#define PREEMPT_RESCHED 0x20
#define NMI             0x40
#define BH_OFF          0x80

/* A character says three flags: the first counts 1 in the index of its letter, then 2, then 4. */
static const struct column {
	const char *letters;
	uint8_t flags[3];
} columns[] = {
	{ ".dbD", { IRQS_OFF, BH_OFF, 0 } },
	{ ".nlbpNLB", { RESCHED, RESCHED_LAZY, PREEMPT_RESCHED } },
	{ ".shHzzZZ", { SOFTIRQ, HARDIRQ, NMI } },
};

/* How deep preemption and then migration is disabled. */
static const char depths[] = ".123456789abcdef";

#define COLUMNS (sizeof(columns) / sizeof(*columns))

void trace_flags_write(char text[TRACE_FLAGS_LEN], const struct trace_record *record)
{
	for (size_t i = 0; i < COLUMNS; i++) {
		unsigned int index = 0;

		for (unsigned int place = 0; place < 3; place++)
			index |= (unsigned int)!!(record->flags & columns[i].flags[place]) << place;
		text[i] = columns[i].letters[index];
	}
	text[COLUMNS] = depths[record->preempt_count & 0xf];
	text[COLUMNS + 1] = depths[record->preempt_count >> 4];
}

/* The index of a letter, or -1. */
static int find(const char *letters, char letter)
{
	const char *at = letter ? strchr(letters, letter) : NULL;

	return at ? (int)(at - letters) : -1;
}

static int read_depths(const char *text, size_t len)
{
	int preempt = find(depths, text[COLUMNS]);
	int migrate = len > COLUMNS + 1 ? find(depths, text[COLUMNS + 1]) : 0;

	return preempt < 0 || migrate < 0 ? -1 : migrate << 4 | preempt;
}

static int read_columns(const char *text)
{
	int flags = 0;

	for (size_t i = 0; i < COLUMNS; i++) {
		int index = find(columns[i].letters, text[i]);

		if (index < 0)
			return -1;
		for (int place = 0; place < 3; place++)
			flags |= index >> place & 1 ? columns[i].flags[place] : 0;
	}
	return flags;
}

bool trace_flags_read(const char *text, size_t len, struct trace_record *record)
{
	bool known = len == TRACE_FLAGS_LEN || len == TRACE_FLAGS_LEN - 1;
	int flags = known ? read_columns(text) : -1;
	int preempt = flags < 0 ? -1 : read_depths(text, len);

	record->flags = preempt < 0 ? 0 : (uint8_t)flags;
	record->preempt_count = preempt < 0 ? 0 : (uint8_t)preempt;
	return preempt >= 0;
}
