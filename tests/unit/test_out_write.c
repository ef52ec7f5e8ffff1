// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* lib/out: output larger than the buffer, and writes that fail. */
#include <errno.h>
#include <signal.h>
#include <sys/wait.h>

#include "out/buffer.h"
#include "render.h"

static void many_fields(struct out *out)
{
	out_array(out, NULL);
	for (unsigned int i = 0; i < 200000; i++) {
		out_uint(out, NULL, "%", i);
		out_line(out);
	}
	out_end(out);
}

static void test_larger_than_the_buffer(void **state)
{
	struct buf text AUTO_BUF = BUF_EMPTY, json AUTO_BUF = BUF_EMPTY;

	(void)state;
	buf_addch(&json, '[');
	for (unsigned int i = 0; i < 200000; i++) {
		buf_printf(&text, "%u\n", i);
		buf_printf(&json, "%s%u", i ? "," : "", i);
	}
	buf_addstr(&json, "]\n");
	assert_true(text.len > 4 * BUFFER_SIZE);
	assert_form(many_fields, OUT_TEXT, buf_str(&text));
	assert_form(many_fields, OUT_JSON, buf_str(&json));
}

static char *long_string;

static void long_field(struct out *out)
{
	out_text(out, long_string);
	out_array(out, NULL);
	out_str(out, NULL, "%", long_string);
	out_end(out);
}

/* A value larger than the buffer, of every length around its end. */
static void test_long_values(void **state)
{
	(void)state;
	for (size_t len = BUFFER_SIZE - 6; len <= BUFFER_SIZE + 6; len++) {
		struct buf text AUTO_BUF = BUF_EMPTY, json AUTO_BUF = BUF_EMPTY;

		long_string = malloc(len + 1);
		assert_non_null(long_string);
		memset(long_string, 'x', len);
		long_string[len] = '\0';
		buf_printf(&text, "%s  %s\n", long_string, long_string);
		buf_printf(&json, "[\"%s\"]\n", long_string);
		assert_form(long_field, OUT_TEXT, buf_str(&text));
		assert_form(long_field, OUT_JSON, buf_str(&json));
		free(long_string);
	}
}

/* Bytes are rendered in large steps: every offset of the buffer's end within one. */
static void test_bytes_across_the_end(void **state)
{
	(void)state;
	for (size_t offset = 0; offset < 2000; offset += 37) {
		struct buf written AUTO_BUF = BUF_EMPTY, expected AUTO_BUF = BUF_EMPTY;
		int fd = memfd_create("out", MFD_CLOEXEC);
		struct out *out = out_new(fd, OUT_JSON);
		static const char bytes[600];

		out_array(out, NULL);
		buf_addch(&expected, '[');
		while (expected.len < BUFFER_SIZE - offset) {
			out_token(out, NULL, "%", "1");
			buf_addstr(&expected, expected.len > 1 ? ",1" : "1");
		}
		out_bytes(out, NULL, "%", bytes, sizeof(bytes));
		for (size_t i = 0; i < sizeof(bytes); i++)
			buf_printf(&expected, "%s\"0x00\"", i ? "," : ",[");
		buf_addstr(&expected, "]]\n");
		assert_int_equal(out_finish(out), 0);
		out_free(out);
		assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
		assert_int_equal(file_read_fd(fd, 1 << 30, &written), 0);
		close(fd);
		assert_string_equal(buf_str(&written), buf_str(&expected));
	}
}

/* The error is the first one, stays, and comes from out_finish() too; nothing is kept meanwhile. */
static void assert_fails(int fd, int err)
{
	struct out *out = out_new(fd, OUT_JSON);

	assert_int_equal(out_err(out), 0);
	out_array(out, NULL);
	out_uint(out, NULL, "%", 1);
	assert_int_equal(out_err(out), 0);
	assert_int_equal(out_flush(out), err);
	assert_int_equal(out_err(out), err);
	for (unsigned int i = 0; i < 300000; i++)
		out_uint(out, NULL, "%", i);
	assert_int_equal(out_err(out), err);
	assert_int_equal(out_finish(out), err);
	out_free(out);
}

static void test_full_disk(void **state)
{
	int fd = open("/dev/full", O_WRONLY | O_CLOEXEC);

	(void)state;
	assert_true(fd >= 0);
	assert_fails(fd, -ENOSPC);
	close(fd);
}

static void test_closed(void **state)
{
	(void)state;
	assert_fails(-1, -EBADF);
}

static void test_pipe_without_a_reader(void **state)
{
	int ends[2];

	(void)state;
	signal(SIGPIPE, SIG_IGN);
	assert_int_equal(pipe(ends), 0);
	close(ends[0]);
	assert_fails(ends[1], -EPIPE);
	close(ends[1]);
}

/* The error is seen while there is more to come, so that a loop can stop. */
static void test_error_is_seen_early(void **state)
{
	struct out *out = out_new(-1, OUT_TEXT);
	unsigned int n = 0;

	(void)state;
	for (; n < 1000000 && !out_err(out); n++)
		out_text(out, "0123456789\n");
	assert_in_range(n, BUFFER_SIZE / 11, BUFFER_SIZE / 11 + 1);
	assert_int_equal(out_finish(out), -EBADF);
	out_free(out);
}

static void test_finish_alone_fails(void **state)
{
	struct out *out = out_new(-1, OUT_TEXT);

	(void)state;
	out_text(out, "x\n");
	assert_int_equal(out_err(out), 0);
	assert_int_equal(out_finish(out), -EBADF);
	out_free(out);
	/* Nothing to write is no failure. */
	out = out_new(-1, OUT_JSON);
	assert_int_equal(out_finish(out), 0);
	out_free(out);
}

/* A reader that takes its time gets all of it through a pipe. */
static void test_slow_reader(void **state)
{
	struct buf read_back AUTO_BUF = BUF_EMPTY;
	int ends[2], status;
	pid_t child;

	(void)state;
	assert_int_equal(pipe(ends), 0);
	child = fork();
	if (!child) {
		struct out *out = out_new(ends[1], OUT_TEXT);

		many_fields(out);
		status = out_finish(out);
		out_free(out);
		_exit(status != 0);
	}
	close(ends[1]);
	usleep(20000);
	assert_int_equal(file_read_fd(ends[0], 1 << 30, &read_back), 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	close(ends[0]);
	assert_int_equal(read_back.len, 1288890);
	assert_string_equal(read_back.data + read_back.len - 14, "199998\n199999\n");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_larger_than_the_buffer),
		cmocka_unit_test(test_long_values),
		cmocka_unit_test(test_bytes_across_the_end),
		cmocka_unit_test(test_full_disk),
		cmocka_unit_test(test_closed),
		cmocka_unit_test(test_pipe_without_a_reader),
		cmocka_unit_test(test_error_is_seen_early),
		cmocka_unit_test(test_finish_alone_fails),
		cmocka_unit_test(test_slow_reader),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
