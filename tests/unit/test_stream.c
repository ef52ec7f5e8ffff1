// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* lib/bpf/stream without a kernel: lines put together of what comes in pieces. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "bpf/stream.h"

#include <cmocka.h>

/* What each read gives, NULL at the end; then `after`. */
static const char *const *pieces;
static int after;

static int fake_read(int fd, uint32_t id, void *bytes, uint32_t size)
{
	const char *piece = *pieces;
	size_t len;

	assert_int_equal(fd, 5);
	assert_int_equal(id, STREAM_STDERR);
	if (!piece)
		return after;
	pieces++;
	len = strlen(piece);
	assert_true(len <= size);
	memcpy(bytes, piece, len);
	return (int)len;
}

static struct stream begin(const char *const *given, int then)
{
	pieces = given;
	after = then;
	return (struct stream){ .fd = 5, .id = STREAM_STDERR, .read = fake_read };
}

/* All lines, each with a bar behind it; ends with what stream_line() ended with. */
static void assert_lines(const char *const *given, const char *expected, int end)
{
	struct stream stream AUTO_STREAM = begin(given, end);
	struct buf all AUTO_BUF = BUF_EMPTY;
	const char *line;
	size_t len;
	int result;

	while ((result = stream_line(&stream, &line, &len)) > 0) {
		buf_add(&all, line, len);
		buf_addch(&all, '|');
	}
	assert_int_equal(result, end);
	assert_string_equal(buf_str(&all), expected);
}

#define PIECES(...) ((const char *const[]){ __VA_ARGS__, NULL })

static void lines(void **state)
{
	(void)state;
	assert_lines(PIECES("one\ntwo\n"), "one|two|", 0);
	assert_lines(PIECES("o", "ne\nt", "wo", "\n"), "one|two|", 0);
	assert_lines(PIECES("one\n", "no newline"), "one|no newline|", 0);
	assert_lines(PIECES("\n", "\n\nx\n"), "|||x|", 0);
	assert_lines(PIECES("x"), "x|", 0);
}

static void empty(void **state)
{
	static const char *const nothing[] = { NULL };

	(void)state;
	assert_lines(nothing, "", 0);
}

/* What came before the failure is given out first. */
static void failure(void **state)
{
	static const char *const nothing[] = { NULL };

	(void)state;
	assert_lines(nothing, "", -EINVAL);
	assert_lines(PIECES("one\ntw"), "one|", -ENOMEM);
}

/* Once empty, the stream is not asked again, whatever it would say. */
static void ends_once(void **state)
{
	struct stream stream AUTO_STREAM = begin(PIECES("last"), 0);
	const char *line;
	size_t len;

	(void)state;
	assert_int_equal(stream_line(&stream, &line, &len), 1);
	after = -EIO;
	assert_int_equal(stream_line(&stream, &line, &len), 0);
	assert_int_equal(stream_line(&stream, &line, &len), 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines),
		cmocka_unit_test(empty),
		cmocka_unit_test(failure),
		cmocka_unit_test(ends_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
