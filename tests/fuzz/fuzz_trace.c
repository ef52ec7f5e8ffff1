// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The trace: pages of a ring buffer, the kernel's text of one, and what describes both. */
#include "fuzz.h"

#include "../unit/trace_page.h"
#include "base/buf.h"
#include "trace/format.h"
#include "trace/line.h"
#include "trace/page.h"
#include "trace/parse.h"

static void show(struct trace_record *record)
{
	struct buf line = BUF_EMPTY;

	record->comm = record->comm ?: "comm";
	trace_line_add(&line, record);
	expect(line.len || line.failed);
	buf_free(&line);
}

static void read_page(const uint8_t *data, size_t size)
{
	_Alignas(8) unsigned char bytes[PAGE_SIZE] = { 0 };
	struct trace_layout layout;
	struct trace_format format;
	struct trace_entry entry;
	struct trace_page page;

	memcpy(bytes, data, size < sizeof(bytes) ? size : sizeof(bytes));
	expect(!trace_layout_parse(&layout, header_page));
	expect(!trace_format_parse(&format, event_format));
	if (trace_page_open(&page, &layout, bytes))
		return;
	while (trace_page_next(&page, &entry) > 0) {
		struct trace_record record = { 0 };

		if (trace_record_decode(&record, &format, &entry) > 0)
			show(&record);
	}
}

static void read_text(char *copy)
{
	struct trace_text text = { .next = copy, .now_ns = UINT64_MAX };
	struct trace_record record;

	while (trace_text_next(&text, &record) > 0)
		show(&record);
}

/* The first byte says what the others are. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct trace_layout layout;
	struct trace_format format;
	char *copy;

	if (!size)
		return 0;
	copy = fuzz_string(data + 1, size - 1);
	if (*data % 3 == 0)
		read_page(data + 1, size - 1);
	else if (*data % 3 == 1)
		read_text(copy);
	else if (trace_layout_parse(&layout, copy))
		trace_format_parse(&format, copy);
	free(copy);
	return 0;
}
