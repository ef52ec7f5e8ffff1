// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* lib/map/ring without a kernel: records in memory, and positions that another reader left. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/err.h" /* before cmocka.h, which defines a macro fail() */
#include "map/ring.h"

#include <cmocka.h>

#define SIZE 64UL

/* A ring buffer as it is mapped: what is written at its end shows at its beginning too. */
struct memory {
	struct ring ring;
	unsigned long consumer, producer;
	uint8_t data[2 * SIZE] __attribute__((aligned(8)));
};

static void set_up(struct memory *memory, unsigned long position)
{
	memset(memory, 0, sizeof(*memory));
	memory->consumer = memory->producer = position;
	memory->ring = (struct ring){
		.id = 7,
		.size = SIZE,
		.consumer = &memory->consumer,
		.producer = &memory->producer,
		.data = memory->data,
	};
}

static void put(struct memory *memory, unsigned long at, const void *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		size_t place = (at + i) % SIZE;

		memory->data[place] = memory->data[place + SIZE] = ((const uint8_t *)bytes)[i];
	}
}

static void write_record(struct memory *memory, uint32_t header, const char *text)
{
	uint32_t size = header & ~(BPF_RINGBUF_BUSY_BIT | BPF_RINGBUF_DISCARD_BIT);

	put(memory, memory->producer, &header, sizeof(header));
	put(memory, memory->producer + BPF_RINGBUF_HDR_SZ, text, strlen(text));
	memory->producer += (size + BPF_RINGBUF_HDR_SZ + 7) & ~7UL;
}

static void assert_next(struct memory *memory, const char *text)
{
	struct ring_record record;

	assert_int_equal(ring_next(&memory->ring, &record), 1);
	assert_int_equal(record.size, strlen(text));
	assert_memory_equal(record.data, text, record.size);
}

static void assert_none(struct memory *memory)
{
	struct ring_record record;

	assert_int_equal(ring_next(&memory->ring, &record), 0);
}

static void assert_damaged(struct memory *memory)
{
	struct ring_record record;

	fail_clear();
	assert_int_equal(ring_next(&memory->ring, &record), -EBADMSG);
	assert_non_null(strstr(fail_last()->text, "ring buffer 7"));
}

static void records_in_order(void **state)
{
	struct memory memory;

	(void)state;
	set_up(&memory, 0);
	assert_none(&memory);
	write_record(&memory, 3, "abc");
	write_record(&memory, 8, "01234567");
	write_record(&memory, 0, "");
	assert_next(&memory, "abc");
	assert_int_equal(memory.consumer, 0);
	assert_next(&memory, "01234567");
	assert_int_equal(memory.consumer, 16);
	assert_next(&memory, "");
	assert_none(&memory);
	assert_int_equal(memory.consumer, memory.producer);
}

static void record_across_the_end(void **state)
{
	struct memory memory;

	(void)state;
	set_up(&memory, 5 * SIZE - 16);
	write_record(&memory, 20, "0123456789abcdefghij");
	assert_next(&memory, "0123456789abcdefghij");
	assert_none(&memory);
	assert_int_equal(memory.consumer, 5 * SIZE + 16);
}

/* Positions are of the machine's word and wrap. */
static void position_that_wraps(void **state)
{
	struct memory memory;

	(void)state;
	set_up(&memory, -16UL);
	write_record(&memory, 20, "0123456789abcdefghij");
	assert_next(&memory, "0123456789abcdefghij");
	assert_none(&memory);
	assert_int_equal(memory.consumer, 16);
}

static void busy_and_discarded(void **state)
{
	struct memory memory;
	const uint32_t done = 4;

	(void)state;
	set_up(&memory, 0);
	write_record(&memory, 2 | BPF_RINGBUF_DISCARD_BIT, "xx");
	write_record(&memory, 4 | BPF_RINGBUF_BUSY_BIT, "late");
	write_record(&memory, 4, "next");
	assert_none(&memory);
	assert_int_equal(memory.consumer, 16);
	put(&memory, 16, &done, sizeof(done));
	assert_next(&memory, "late");
	assert_next(&memory, "next");
	write_record(&memory, 1 | BPF_RINGBUF_DISCARD_BIT, "x");
	assert_none(&memory);
	assert_int_equal(memory.consumer, memory.producer);
}

/* A whole buffer, and not one byte more. */
static void lengths_at_the_limit(void **state)
{
	struct memory memory;
	char text[SIZE] = "";

	(void)state;
	memset(text, 'a', SIZE - 8);
	set_up(&memory, 8);
	write_record(&memory, SIZE - 8, text);
	assert_next(&memory, text);
	set_up(&memory, 8);
	write_record(&memory, SIZE - 7, "");
	assert_damaged(&memory);
	set_up(&memory, 8);
	memory.producer = 24;
	put(&memory, 8, &(uint32_t){ 9 }, 4);
	assert_damaged(&memory);
	put(&memory, 8, &(uint32_t){ 0x3fffffff }, 4);
	assert_damaged(&memory);
}

static void positions_of_a_bad_reader(void **state)
{
	static const unsigned long bad[] = { 4, 1, 40, 1UL << 40, -48UL };
	struct memory memory;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		set_up(&memory, 0);
		write_record(&memory, 16, "0123456789abcdef");
		memory.consumer = bad[i];
		assert_damaged(&memory);
		assert_int_equal(memory.consumer, bad[i]);
	}
}

/* Its position is not put back, and reading goes on from there. */
static void another_reader_goes_on(void **state)
{
	struct memory memory;

	(void)state;
	set_up(&memory, 0);
	write_record(&memory, 1, "a");
	write_record(&memory, 1, "b");
	write_record(&memory, 1, "c");
	assert_next(&memory, "a");
	memory.consumer = 32;
	assert_next(&memory, "c");
	assert_none(&memory);
	assert_int_equal(memory.consumer, 48);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(records_in_order),
		cmocka_unit_test(record_across_the_end),
		cmocka_unit_test(position_that_wraps),
		cmocka_unit_test(busy_and_discarded),
		cmocka_unit_test(lengths_at_the_limit),
		cmocka_unit_test(positions_of_a_bad_reader),
		cmocka_unit_test(another_reader_goes_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
