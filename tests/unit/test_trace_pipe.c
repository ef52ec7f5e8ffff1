// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* lib/trace: CPUs merged by time, losses counted, the shared pipe; over files that play tracefs. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/cleanup.h"
#include "base/err.h" /* before cmocka.h, which defines a macro fail() */
#include "base/file.h"
#include "trace/instance.h"
#include "trace/line.h"
#include "trace/merge.h"
#include "trace/page.h"
#include "trace/pipe.h"
#include "trace/shared.h"
#include "trace/source.h"
#include "trace_page.h"

#include <cmocka.h>

/* What a CPU has read, as times of events; all of it read when `drained`. */
static void read_times(struct trace_source *source, bool drained, size_t n, const uint64_t *times)
{
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(vec_push(&source->entries, { .ts_ns = times[i] }), 0);
		source->newest_ns = times[i];
	}
	source->drained = drained;
}

#define READ(source, drained, ...)                                                          \
	read_times(source, drained, sizeof((uint64_t[]){ __VA_ARGS__ }) / sizeof(uint64_t), \
		   (const uint64_t[]){ __VA_ARGS__ })

static void assert_goes_out(struct trace_merge *merge, const char *expected)
{
	struct buf times AUTO_BUF = BUF_EMPTY;
	struct trace_source *source;

	while ((source = trace_merge_next(merge))) {
		buf_printf(&times, "%s%u", times.len ? " " : "",
			   (unsigned int)trace_source_head(source)->ts_ns);
		source->taken++;
	}
	assert_string_equal(buf_str(&times), expected);
}

static void test_merge_waits_for_the_slower_cpu(void **state)
{
	struct trace_source cpus[2] = { { .cpu = 0 }, { .cpu = 1 } };
	struct trace_merge merge = { .sources = cpus, .n = 2 };

	(void)state;
	READ(&cpus[0], true, 10, 30, 50);
	cpus[1].drained = true;
	assert_false(trace_merge_round(&merge, false));
	assert_goes_out(&merge, ""); /* CPU 1 may have written meanwhile */
	assert_true(trace_merge_waits(&merge));

	READ(&cpus[0], true, 70);
	READ(&cpus[1], true, 20, 40, 60);
	trace_merge_round(&merge, false);
	assert_goes_out(&merge, "10 20 30 40 50");

	trace_merge_round(&merge, false);
	assert_goes_out(&merge, "60 70");
	assert_false(trace_merge_waits(&merge));
	for (int i = 0; i < 2; i++)
		vec_free(&cpus[i].entries);
}

static void test_merge_with_a_full_cpu(void **state)
{
	struct trace_source cpus[2] = { { .cpu = 0 }, { .cpu = 1 } };
	struct trace_merge merge = { .sources = cpus, .n = 2 };

	(void)state;
	READ(&cpus[0], false, 1, 5); /* has more than fits */
	READ(&cpus[1], true, 4, 9);
	trace_merge_round(&merge, false);
	trace_merge_round(&merge, false);
	assert_goes_out(&merge, "1 4 5"); /* what CPU 0 still has may be older than 9 */
	READ(&cpus[0], true, 7);
	assert_false(trace_merge_round(&merge, false));
	assert_true(trace_merge_round(&merge, true));
	assert_goes_out(&merge, "7 9");
	for (int i = 0; i < 2; i++)
		vec_free(&cpus[i].entries);
}

static void write_file(const char *dir, const char *name, const void *bytes, size_t len)
{
	char path[256];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	for (char *slash = path + strlen(dir) + 1; (slash = strchr(slash, '/')); slash++) {
		*slash = '\0';
		mkdir(path, 0700);
		*slash = '/';
	}
	assert_int_equal(file_save(path, bytes, len), 0);
}

static void write_text(const char *dir, const char *name, const char *text)
{
	write_file(dir, name, text, strlen(text));
}

/* A directory with what trace_pipe_open() looks for; its CPUs have nothing. */
static int make_instance(void **state)
{
	char *dir = strdup("/tmp/xh-test-XXXXXX");

	assert_non_null(mkdtemp(dir));
	write_text(dir, "events/header_page", header_page);
	write_text(dir, "events/bpf_trace/bpf_trace_printk/format", event_format);
	write_text(dir, "tracing_on", "1");
	write_text(dir, "saved_cmdlines", "2000000001 one\n2000000002 two\n");
	for (int cpu = 0; cpu < 2; cpu++) {
		char name[64];

		snprintf(name, sizeof(name), "per_cpu/cpu%d/stats", cpu);
		write_text(dir, name, "overrun: 0\n");
		snprintf(name, sizeof(name), "per_cpu/cpu%d/trace_pipe_raw", cpu);
		write_text(dir, name, "");
	}
	write_text(dir, "per_cpu/cpufreq", "no CPU");
	*state = dir;
	return 0;
}

static int remove_instance(void **state)
{
	char command[64];

	snprintf(command, sizeof(command), "rm -r %s", (char *)*state);
	assert_int_equal(system(command), 0);
	free(*state);
	return 0;
}

/* All lines of the instance in `dir`; the status of the last call. */
static int read_all(const char *dir, struct buf *lines)
{
	auto_fd int fd = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
	struct trace_instance instance = { .name = "xh-1", .dir = fd };
	struct trace_record record;
	struct trace_pipe *pipe;
	int err = trace_pipe_open(&pipe, &instance, fd);

	if (err)
		return err;
	assert_int_equal(trace_pipe_stop(pipe), 0);
	while ((err = trace_pipe_wait(pipe, NULL, 0)) > 0) {
		while ((err = trace_pipe_next(pipe, &record)) > 0) {
			trace_line_add(lines, &record);
			buf_addch(lines, '\n');
		}
		if (err < 0)
			break;
	}
	trace_pipe_close(pipe);
	return err;
}

static void test_pipe(void **state)
{
	struct buf lines AUTO_BUF = BUF_EMPTY;
	struct page pages[2];

	page_begin(&pages[0], 1000000);
	page_message(&pages[0], 0, 2000000001, "first");
	page_message(&pages[0], 4000000, 2000000001, "third");
	page_begin(&pages[1], 9000000);
	page_message(&pages[1], 0, 2000000001, "after the loss");
	page_commit(&pages[1], PAGE_MISSED);
	write_file(*state, "per_cpu/cpu0/trace_pipe_raw", pages[0].bytes, PAGE_SIZE);
	write_file(*state, "per_cpu/cpu1/trace_pipe_raw", pages[1].bytes, PAGE_SIZE);
	write_text(*state, "per_cpu/cpu1/stats", "overrun: 38\n");
	write_text(*state, "per_cpu/cpu0/stats", "overrun: 1\n");
	assert_int_equal(read_all(*state, &lines), 0);
	assert_string_equal(buf_str(&lines),
			    "             one-2000000001 [000] b..11     0.001000: "
			    "bpf_trace_printk: first\n"
			    "             one-2000000001 [000] b..11     0.005000: "
			    "bpf_trace_printk: third\n"
			    "[CPU 1 lost 38 lines]\n"
			    "             one-2000000001 [001] b..11     0.009000: "
			    "bpf_trace_printk: after the loss\n"
			    "[CPU 0 lost 1 line]\n");
}

/* More than one round holds, on both CPUs, none dropped, in order. */
static void test_pipe_with_many_pages(void **state)
{
	auto_free struct page *pages = calloc(200, sizeof(*pages));
	struct buf lines AUTO_BUF = BUF_EMPTY;
	struct buf raw AUTO_BUF = BUF_EMPTY;
	double last = 0;
	size_t n = 0;

	for (int cpu = 0; cpu < 2; cpu++) {
		char name[64];

		buf_clear(&raw);
		for (int i = 0; i < 100; i++) {
			page_begin(&pages[i], (uint64_t)(2 * i + cpu) * 1000);
			page_message(&pages[i], 0, 0, "x");
			buf_add(&raw, pages[i].bytes, PAGE_SIZE);
		}
		snprintf(name, sizeof(name), "per_cpu/cpu%d/trace_pipe_raw", cpu);
		write_file(*state, name, raw.data, raw.len);
	}
	assert_int_equal(read_all(*state, &lines), 0);
	for (const char *line = buf_str(&lines); *line; line = strchr(line, '\n') + 1) {
		double now = strtod(strstr(line, "b..11") + strlen("b..11"), NULL);

		assert_true(now >= last);
		last = now;
		n++;
	}
	assert_int_equal(n, 200);
}

static void test_damaged_pipe(void **state)
{
	struct buf lines AUTO_BUF = BUF_EMPTY;
	struct page page;

	page_begin(&page, 0);
	page_head(&page, 28, 1);
	write_file(*state, "per_cpu/cpu1/trace_pipe_raw", page.bytes, PAGE_SIZE);
	assert_int_equal(read_all(*state, &lines), -EBADMSG);
	assert_string_equal(fail_last()->text, "trace buffer of CPU 1: damaged page");
	write_text(*state, "events/header_page", "");
	assert_int_equal(read_all(*state, &lines), -EBADMSG);
}

static void test_others_wake(void **state)
{
	auto_fd int fd = open(*state, O_PATH | O_DIRECTORY | O_CLOEXEC);
	struct trace_instance instance = { .name = "xh-1", .dir = fd };
	struct pollfd others[2] = { { .fd = -1 }, { .fd = STDIN_FILENO } };
	struct trace_pipe *pipe;
	int ends[2];

	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	others[1] = (struct pollfd){ .fd = ends[1] };
	close(ends[0]);
	assert_int_equal(trace_pipe_open(&pipe, &instance, fd), 0);
	assert_int_equal(trace_pipe_wait(pipe, others, 2), -EINTR);
	assert_int_equal(others[0].revents, 0);
	assert_true(others[1].revents & POLLERR);
	trace_pipe_close(pipe);
	close(ends[1]);
}

static void test_shared(void **state)
{
	auto_fd int fd = open(*state, O_PATH | O_DIRECTORY | O_CLOEXEC);
	struct buf text AUTO_BUF = BUF_EMPTY;
	struct buf line AUTO_BUF = BUF_EMPTY;
	struct trace_shared shared;

	buf_addstr(&text, "one\n\nthree\n");
	while (text.len < 200000)
		buf_addch(&text, 'x');
	write_file(*state, "trace_pipe", text.data, text.len);
	assert_int_equal(trace_shared_open(&shared, fd), 0);
	while (trace_shared_wait(&shared, NULL, 0) > 0) {
		while (trace_shared_next(&shared, &line) > 0)
			buf_addch(&line, '|');
	}
	assert_memory_equal(buf_str(&line), "one||three|xxx", 14);
	assert_true(line.len > 65536 && line.len < 200010);
	trace_shared_stop(&shared);
	assert_int_equal(trace_shared_wait(&shared, NULL, 0), 0);
	trace_shared_close(&shared);
	unlinkat(fd, "trace_pipe", 0);
	assert_int_equal(trace_shared_open(&shared, fd), -ENOENT);
}

#define WITH_INSTANCE(test) cmocka_unit_test_setup_teardown(test, make_instance, remove_instance)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_merge_waits_for_the_slower_cpu),
		cmocka_unit_test(test_merge_with_a_full_cpu),
		WITH_INSTANCE(test_pipe),
		WITH_INSTANCE(test_pipe_with_many_pages),
		WITH_INSTANCE(test_damaged_pipe),
		WITH_INSTANCE(test_others_wake),
		WITH_INSTANCE(test_shared),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
