// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* lib/trace/page: pages of the ring buffer to records, also of hostile bytes. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/cleanup.h"
#include "trace/format.h"
#include "trace/line.h"
#include "trace/page.h"
#include "trace_page.h"

#include <cmocka.h>

static struct trace_layout layout;
static struct trace_format format;

static int parse_formats(void **state)
{
	(void)state;
	return trace_layout_parse(&layout, header_page)
		       ?: trace_format_parse(&format, event_format);
}

/* The first 128 bytes of a page that a 6.18 kernel wrote. */
static const unsigned char recorded[] = {
	0xf4, 0x1c, 0x50, 0xe5, 0xd1, 0x01, 0x00, 0x00, 0x68, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
	0x00, 0x07, 0x00, 0x00, 0x00, 0x26, 0x02, 0x80, 0x11, 0x2e, 0x1d, 0x00, 0x00, 0x0c, 0x00,
	0x0e, 0x00, 0x48, 0x65, 0x6c, 0x6c, 0x6f, 0x20, 0x57, 0x6f, 0x72, 0x6c, 0x64, 0x20, 0x30,
	0x00, 0x00, 0x00, 0x87, 0xdd, 0x00, 0x00, 0x26, 0x02, 0x80, 0x11, 0x2e, 0x1d, 0x00, 0x00,
	0x0c, 0x00, 0x0e, 0x00, 0x48, 0x65, 0x6c, 0x6c, 0x6f, 0x20, 0x57, 0x6f, 0x72, 0x6c, 0x64,
	0x20, 0x31, 0x00, 0x00, 0x00, 0xbe, 0xb9, 0x46, 0xa5, 0x01, 0x00, 0x00, 0x00, 0x07, 0x00,
	0x00, 0x00, 0x26, 0x02, 0x80, 0x11, 0x30, 0x1d, 0x00, 0x00, 0x0c, 0x00, 0x0d, 0x00, 0x74,
	0x77, 0x6f, 0x0a, 0x6c, 0x69, 0x6e, 0x65, 0x73, 0x20, 0x32, 0x0a, 0x00, 0x00, 0x00, 0x00,
};

static void next_line(struct trace_page *page, struct buf *lines)
{
	struct trace_entry entry;
	struct trace_record record = { .cpu = 1, .comm = "bpftool" };

	assert_int_equal(trace_page_next(page, &entry), 1);
	assert_int_equal(trace_record_decode(&record, &format, &entry), 1);
	trace_line_add(lines, &record);
	buf_addch(lines, '\n');
}

static void test_recorded_page(void **state)
{
	struct buf lines AUTO_BUF = BUF_EMPTY;
	struct page page = { 0 };
	struct trace_page reader;
	struct trace_entry entry;

	(void)state;
	if (__BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__)
		skip();
	memcpy(page.bytes, recorded, sizeof(recorded));
	assert_int_equal(trace_page_open(&reader, &layout, page.bytes), 0);
	assert_false(reader.missed);
	for (int i = 0; i < 3; i++)
		next_line(&reader, &lines);
	assert_int_equal(trace_page_next(&reader, &entry), 0);
	assert_string_equal(
		buf_str(&lines),
		"         bpftool-7470    [001] b..11  2001.007025: bpf_trace_printk: Hello World 0\n"
		"         bpftool-7470    [001] b..11  2001.007027: bpf_trace_printk: Hello World 1\n"
		"         bpftool-7472    [001] b..11  2001.227897: bpf_trace_printk: two\nlines 2\n");
}

static uint64_t next_ts(struct trace_page *page)
{
	struct trace_entry entry;

	assert_int_equal(trace_page_next(page, &entry), 1);
	return entry.ts_ns;
}

static void test_times(void **state)
{
	static const uint64_t top = 3ull << 59;
	struct trace_page reader;
	struct trace_entry entry;
	struct page page;

	(void)state;
	page_begin(&page, top + 1000);
	page_message(&page, 0, 1, "at the page's time");
	page_message(&page, (1u << 27) - 1, 1, "the longest delta");
	page_head(&page, 30, 5); /* extended: 2^27 * 3 + 5 */
	page_word(&page, 3);
	page_message(&page, 0, 1, "extended");
	page_head(&page, 31, 7); /* absolute, 59 bits */
	page_word(&page, 100);
	page_message(&page, 1, 1, "absolute");
	page_head(&page, 31, 0); /* less than the time so far: its sixtieth bit has turned */
	page_word(&page, 1);
	page_message(&page, 0, 1, "carried");
	page_commit(&page, PAGE_MISSED | PAGE_STORED);
	assert_int_equal(trace_page_open(&reader, &layout, page.bytes), 0);
	assert_true(reader.missed);
	assert_true(next_ts(&reader) == top + 1000);
	assert_true(next_ts(&reader) == top + 1000 + (1u << 27) - 1);
	assert_true(next_ts(&reader) == top + 1000 + (1u << 27) - 1 + (3ull << 27) + 5);
	assert_true(next_ts(&reader) == top + (100ull << 27) + 8);
	assert_true(next_ts(&reader) == (4ull << 59) + (1ull << 27));
	assert_int_equal(trace_page_next(&reader, &entry), 0);
}

static void test_padding(void **state)
{
	static const char long_text[] =
		"a message that is longer than the 112 bytes that fit into an "
		"event of the short form: it has a word";
	struct trace_record record;
	struct trace_page reader;
	struct trace_entry entry;
	struct page page;

	(void)state;
	page_begin(&page, 0);
	page_head(&page, 29, 3); /* discarded: its length, then that many bytes less a word */
	page_word(&page, 12);
	page_add(&page, "\xff\xff\xff\xff\xff\xff\xff\xff", 8);
	page_message(&page, 1, 1, long_text);
	page_head(&page, 29, 0); /* fills the rest */
	page_add(&page, "garbage!", 8);
	assert_int_equal(trace_page_open(&reader, &layout, page.bytes), 0);
	assert_int_equal(trace_page_next(&reader, &entry), 1);
	assert_int_equal(entry.ts_ns, 4);
	assert_int_equal(trace_record_decode(&record, &format, &entry), 1);
	assert_int_equal(record.len, strlen(long_text));
	assert_memory_equal(record.message, long_text, record.len);
	assert_int_equal(trace_page_next(&reader, &entry), 0);
	assert_int_equal(trace_page_next(&reader, &entry), 0);
}

static void assert_damaged(const struct page *page)
{
	struct trace_page reader;
	struct trace_entry entry;

	assert_int_equal(trace_page_open(&reader, &layout, page->bytes), 0);
	assert_int_equal(trace_page_next(&reader, &entry), -EBADMSG);
}

static void test_damaged_pages(void **state)
{
	static const struct {
		unsigned int type;
		uint32_t word;
		uint32_t len;
	} cases[] = {
		{ 0, 0, 64 },       { 0, 3, 64 },   { 0, 61, 64 }, { 0, UINT32_MAX, 64 },
		{ 1, 0, 4 },        { 28, 0, 112 }, { 30, 0, 4 },  { 31, 0, 7 },
		{ 29, 0, 64 },      { 29, 61, 64 }, { 29, 0, 4 },  { 5, 0, 3 },
		{ 0, 1u << 31, 8 },
	};
	struct trace_page reader;
	struct page page;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		page_begin(&page, 1);
		page_head(&page, cases[i].type, 1);
		page_word(&page, cases[i].word);
		page.len = cases[i].len;
		page_commit(&page, 0);
		assert_damaged(&page);
	}
	page.len = PAGE_SIZE - DATA_AT + 1;
	page_commit(&page, 0);
	assert_int_equal(trace_page_open(&reader, &layout, page.bytes), -EBADMSG);
}

/* Every event of any page lies inside the page, and no page is read for ever. */
static void test_random_pages(void **state)
{
	auto_free unsigned char *bytes = malloc(PAGE_SIZE);
	auto_free unsigned char *copy = malloc(PAGE_SIZE);
	uint64_t random = 1;

	(void)state;
	for (int round = 0; round < 5000; round++) {
		struct trace_page reader;
		struct trace_entry entry;

		for (size_t i = 0; i < PAGE_SIZE; i++) {
			random = random * 6364136223846793005u + 1442695040888963407u;
			bytes[i] = round % 2 ? (unsigned char)(random >> 56) & 0x3f
					     : (unsigned char)(random >> 56);
		}
		memcpy(bytes + 8, &(uint64_t){ 4080 }, sizeof(uint64_t));
		assert_int_equal(trace_page_open(&reader, &layout, bytes), 0);
		while (trace_page_next(&reader, &entry) > 0) {
			struct trace_record record = { .comm = "x" };

			assert_true(entry.data + entry.len <= bytes + PAGE_SIZE);
			memcpy(copy, entry.data, entry.len);
			trace_record_decode(&record, &format, &entry);
		}
	}
}

static int decode(const unsigned char *event, size_t len, struct trace_record *record)
{
	auto_free unsigned char *exact = malloc(len ?: 1);
	struct trace_entry entry = { .data = exact, .len = len };

	memcpy(exact, event, len);
	return trace_record_decode(record, &format, &entry);
}

static void test_damaged_events(void **state)
{
	static const unsigned char good[] = { 0x26, 2, 0, 0, 7,   0,   0,   0,
					      12,   0, 4, 0, 'a', 'b', 'c', 0 };
	struct trace_record record;
	unsigned char event[sizeof(good)];

	(void)state;
	if (__BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__)
		skip();
	assert_int_equal(decode(good, sizeof(good), &record), 1);
	assert_int_equal(record.len, 3);
	for (size_t len = 0; len < sizeof(good); len++)
		assert_int_equal(decode(good, len, &record), -EBADMSG);
	memcpy(event, good, sizeof(good));
	event[0] = 0x27;
	assert_int_equal(decode(event, sizeof(event), &record), 0);
	memcpy(event, good, sizeof(good));
	event[8] = 13; /* one byte past the end */
	assert_int_equal(decode(event, sizeof(event), &record), -EBADMSG);
	event[8] = 17; /* begins past the end */
	event[10] = 0;
	assert_int_equal(decode(event, sizeof(event), &record), -EBADMSG);
	memcpy(event, good, sizeof(good));
	event[15] = 'd'; /* no NUL */
	assert_int_equal(decode(event, sizeof(event), &record), 1);
	assert_int_equal(record.len, 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_recorded_page), cmocka_unit_test(test_times),
		cmocka_unit_test(test_padding),       cmocka_unit_test(test_damaged_pages),
		cmocka_unit_test(test_random_pages),  cmocka_unit_test(test_damaged_events),
	};

	return cmocka_run_group_tests(tests, parse_formats, NULL);
}
