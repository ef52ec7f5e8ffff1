// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Pages of trace_pipe_raw → events → records. Pure: no file, no kernel. */
#include "trace/page.h"

#include <errno.h>
#include <string.h>

#include "trace/format.h"

#define COMMIT_LEN_MASK 0x0fffffffu
#define COMMIT_MISSED   (1u << 31)

/* An event's 5-bit type: 0 for long data, 1 to 28 the length of the data in words, or one of: */
#define TYPE_PADDING     29
#define TYPE_TIME_EXTEND 30
#define TYPE_TIME_STAMP  31

#define WORD        4
#define DELTA_BITS  27
#define STAMP_MASK  ((1ull << 59) - 1)
#define STAMP_CARRY (1ull << 59)

static uint32_t load_u32(const unsigned char *at)
{
	uint32_t value;

	memcpy(&value, at, sizeof(value));
	return value;
}

static uint64_t load_u64(const unsigned char *at)
{
	uint64_t value;

	memcpy(&value, at, sizeof(value));
	return value;
}

int trace_page_open(struct trace_page *page, const struct trace_layout *layout, const void *bytes)
{
	const unsigned char *start = bytes;
	const unsigned char *commit_at = start + layout->commit.offset;
	uint32_t commit =
		layout->commit.size == 8 ? (uint32_t)load_u64(commit_at) : load_u32(commit_at);
	size_t len = commit & COMMIT_LEN_MASK;

	if (len > layout->data.size)
		return -EBADMSG;
	page->next = start + layout->data.offset;
	page->end = page->next + len;
	page->ts_ns = load_u64(start);
	page->missed = commit & COMMIT_MISSED;
	return 0;
}

/* The first word of an event is a C bit field, whose order follows the machine's. */
static unsigned int type_of(uint32_t head)
{
	return __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? head & 0x1f : head >> DELTA_BITS;
}

static uint32_t delta_of(uint32_t head)
{
	return __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? head >> 5
							 : head & ((1u << DELTA_BITS) - 1);
}

/* An absolute stamp has 59 bits: the five above are those of the time so far. */
static uint64_t full_stamp(uint64_t low, uint64_t before)
{
	uint64_t stamp = (before & ~STAMP_MASK) | low;

	return stamp < before ? stamp + STAMP_CARRY : stamp;
}

/* The head of one event, taken apart. */
struct head {
	unsigned int type;
	uint32_t delta;
	uint32_t word; /* the second word, for the types that have one */
	size_t header; /* bytes before the data */
	size_t size;   /* header and data */
};

/* 1; 0 for the padding that fills the rest of a page; -EBADMSG. */
static int read_head(const struct trace_page *page, struct head *head)
{
	size_t left = (size_t)(page->end - page->next);
	uint32_t first;

	if (left < WORD)
		return -EBADMSG;
	first = load_u32(page->next);
	head->word = 0;
	head->type = type_of(first);
	head->delta = delta_of(first);
	if (head->type == TYPE_PADDING && !head->delta)
		return 0;
	if (head->type >= 1 && head->type < TYPE_PADDING) {
		head->header = WORD;
		head->size = WORD + head->type * WORD;
		return head->size <= left ? 1 : -EBADMSG;
	}
	if (left < 2 * WORD)
		return -EBADMSG;
	head->word = load_u32(page->next + WORD);
	head->header = head->size = 2 * WORD;
	if (head->type == TYPE_TIME_EXTEND || head->type == TYPE_TIME_STAMP)
		return 1;
	/* A long event or a discarded one: the word is its length, itself included. */
	if (head->word < WORD || head->word > left - WORD)
		return -EBADMSG;
	head->size = WORD + head->word;
	return 1;
}

int trace_page_next(struct trace_page *page, struct trace_entry *entry)
{
	while (page->next < page->end) {
		const unsigned char *at = page->next;
		struct head head;
		int err = read_head(page, &head);
		uint64_t wide;

		if (err <= 0)
			return err;
		wide = ((uint64_t)head.word << DELTA_BITS) + head.delta;
		page->next += head.size;
		if (head.type == TYPE_TIME_STAMP) {
			page->ts_ns = full_stamp(wide, page->ts_ns);
			continue;
		}
		page->ts_ns += head.type == TYPE_TIME_EXTEND ? wide : head.delta;
		if (head.type >= TYPE_PADDING)
			continue;
		*entry = (struct trace_entry){ .ts_ns = page->ts_ns,
					       .data = at + head.header,
					       .len = head.size - head.header };
		return 1;
	}
	return 0;
}

static bool holds(const struct trace_entry *entry, const struct trace_field *field)
{
	return field->offset + field->size <= entry->len;
}

int trace_record_decode(struct trace_record *record, const struct trace_format *format,
			const struct trace_entry *entry)
{
	uint16_t type;
	uint32_t where;
	size_t offset;
	size_t size;

	if (!holds(entry, &format->type))
		return -EBADMSG;
	memcpy(&type, entry->data + format->type.offset, sizeof(type));
	if (type != format->id)
		return 0;
	if (!holds(entry, &format->flags) || !holds(entry, &format->preempt_count) ||
	    !holds(entry, &format->pid) || !holds(entry, &format->message))
		return -EBADMSG;
	where = load_u32(entry->data + format->message.offset);
	offset = where & 0xffff;
	size = where >> 16;
	if (offset > entry->len || size > entry->len - offset)
		return -EBADMSG;
	record->ts_ns = entry->ts_ns;
	record->lost = 0;
	record->flags = entry->data[format->flags.offset];
	record->preempt_count = entry->data[format->preempt_count.offset];
	record->pid = (int)load_u32(entry->data + format->pid.offset);
	record->message = (const char *)entry->data + offset;
	record->len = strnlen(record->message, size);
	return 1;
}
