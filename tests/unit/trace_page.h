/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Pages of a trace ring buffer under construction, and the kernel's description of them. */
#ifndef XH_TESTS_TRACE_PAGE_H
#define XH_TESTS_TRACE_PAGE_H

#include <stdint.h>
#include <string.h>

#define PAGE_SIZE 4096
#define DATA_AT   16

#define PAGE_MISSED (1u << 31)
#define PAGE_STORED (1u << 30)

/* events/header_page and the event's format, as a 6.18 kernel gives them. */
static const char header_page[] = "\tfield: u64 timestamp;\toffset:0;\tsize:8;\tsigned:0;\n"
				  "\tfield: local_t commit;\toffset:8;\tsize:8;\tsigned:1;\n"
				  "\tfield: int overwrite;\toffset:8;\tsize:1;\tsigned:1;\n"
				  "\tfield: char data;\toffset:16;\tsize:4080;\tsigned:0;\n";

static const char event_format[] =
	"name: bpf_trace_printk\n"
	"ID: 550\n"
	"format:\n"
	"\tfield:unsigned short common_type;\toffset:0;\tsize:2;\tsigned:0;\n"
	"\tfield:unsigned char common_flags;\toffset:2;\tsize:1;\tsigned:0;\n"
	"\tfield:unsigned char common_preempt_count;\toffset:3;\tsize:1;\tsigned:0;\n"
	"\tfield:int common_pid;\toffset:4;\tsize:4;\tsigned:1;\n"
	"\n"
	"\tfield:__data_loc char[] bpf_string;\toffset:8;\tsize:4;\tsigned:0;\n"
	"\n"
	"print fmt: \"%s\", __get_str(bpf_string)\n";

struct page {
	_Alignas(8) unsigned char bytes[PAGE_SIZE];
	uint32_t len; /* of the data */
};

static inline void page_begin(struct page *page, uint64_t ts_ns)
{
	memset(page, 0, sizeof(*page));
	memcpy(page->bytes, &ts_ns, sizeof(ts_ns));
}

static inline void page_commit(struct page *page, uint32_t flags)
{
	uint64_t commit = page->len | flags;

	memcpy(page->bytes + 8, &commit, sizeof(commit));
}

static inline void page_add(struct page *page, const void *bytes, size_t len)
{
	memcpy(page->bytes + DATA_AT + page->len, bytes, len);
	page->len += (uint32_t)len;
	page_commit(page, 0);
}

static inline void page_word(struct page *page, uint32_t word)
{
	page_add(page, &word, sizeof(word));
}

/* The first word of an event. */
static inline void page_head(struct page *page, unsigned int type, uint32_t delta)
{
	page_word(page, __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? delta << 5 | type
								  : type << 27 | delta);
}

/* An event of bpf_trace_printk by thread `pid`, `delta` nanoseconds after the one before. */
static inline void page_message(struct page *page, uint32_t delta, int pid, const char *message)
{
	struct {
		uint16_t type;
		uint8_t flags;
		uint8_t preempt_count;
		int pid;
		uint32_t where;
		char text[100];
	} event = { .type = 550, .flags = 0x80, .preempt_count = 0x11, .pid = pid };
	uint32_t size = (uint32_t)strlen(message) + 1;
	uint32_t words = (12 + size + 3) / 4;

	event.where = size << 16 | 12;
	memcpy(event.text, message, size);
	if (words <= 28) {
		page_head(page, words, delta);
	} else {
		page_head(page, 0, delta);
		page_word(page, 4 + 4 * words);
	}
	page_add(page, &event, 4 * (size_t)words);
}

#endif
