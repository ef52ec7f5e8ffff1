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

bool trace_flags_read(const char text[TRACE_FLAGS_LEN], struct trace_record *record)
{
	int preempt = find(depths, text[COLUMNS]);
	int migrate = preempt < 0 ? -1 : find(depths, text[COLUMNS + 1]);

	if (migrate < 0)
		return false;
	record->preempt_count = (uint8_t)(migrate << 4 | preempt);
	record->flags = 0;
	for (size_t i = 0; i < COLUMNS; i++) {
		int index = find(columns[i].letters, text[i]);

		if (index < 0)
			return false;
		for (int place = 0; place < 3; place++)
			record->flags |= index >> place & 1 ? columns[i].flags[place] : 0;
	}
	return true;
}
