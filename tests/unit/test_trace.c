// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* lib/trace: where tracefs is, names, formats of the ring buffer, lines of text. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h" /* before cmocka.h, which defines a macro fail() */
#include "trace/comm.h"
#include "trace/format.h"
#include "trace/instance.h"
#include "trace/line.h"
#include "trace/page.h"
#include "trace/source.h"
#include "trace/tracefs.h"
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

static void assert_mount(const char *mounts, const char *expected)
{
	struct buf path AUTO_BUF = BUF_EMPTY;

	assert_int_equal(tracefs_next_mount(&mounts, &path), expected != NULL);
	assert_string_equal(buf_str(&path), expected ?: "");
}

static void test_mounts(void **state)
{
	(void)state;
	assert_mount("sysfs /sys sysfs rw 0 0\ntracefs /sys/kernel/tracing tracefs rw 0 0\n",
		     "/sys/kernel/tracing");
	assert_mount("none /mnt/a\\040b\\134c tracefs rw,nosuid 0 0", "/mnt/a b\\c");
	assert_mount("x /a\\09 tracefs rw 0 0\n", "/a\\09");
	assert_mount("tracefs /tracefs ext4 rw 0 0\ntracefs\n tracefs \ntracefs /x tracefs", NULL);
	assert_mount("tracefs / tracefsX rw 0 0\n\n", NULL);
	assert_mount("", NULL);
}

static void test_several_mounts(void **state)
{
	struct buf path AUTO_BUF = BUF_EMPTY;
	const char *mounts = "x /1 tracefs rw 0 0\ny /y ext4 rw 0 0\nx /2 tracefs rw 0 0";

	(void)state;
	assert_true(tracefs_next_mount(&mounts, &path));
	assert_string_equal(buf_str(&path), "/1");
	assert_true(tracefs_next_mount(&mounts, &path));
	assert_string_equal(buf_str(&path), "/2");
	assert_false(tracefs_next_mount(&mounts, &path));
}

static void test_instance_names(void **state)
{
	static const char *const ours[] = { "xh-1", "xh-4194304", "xh-17.1", "xh-17.999" };
	static const char *const others[] = { "",      "xh-",      "xh-mine", "xh-1x",
					      "xh-1.", "xh-1.2.3", "xh-.1",   "my-xh-1" };

	(void)state;
	for (size_t i = 0; i < sizeof(ours) / sizeof(*ours); i++)
		assert_true(trace_instance_is_ours(ours[i]));
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		assert_false(trace_instance_is_ours(others[i]));
}

static void test_formats(void **state)
{
	(void)state;
	assert_int_equal(layout.commit.offset, 8);
	assert_int_equal(layout.commit.size, 8);
	assert_int_equal(layout.data.offset, 16);
	assert_int_equal(trace_layout_page_size(&layout), 4096);
	assert_int_equal(format.id, 550);
	assert_int_equal(format.flags.offset, 2);
	assert_int_equal(format.preempt_count.offset, 3);
	assert_int_equal(format.pid.offset, 4);
	assert_int_equal(format.message.offset, 8);
}

/* A change to one of the two texts with which it has to be refused. */
static void assert_unknown(const char *text, const char *from, const char *to)
{
	struct buf changed AUTO_BUF = BUF_EMPTY;
	const char *at = strstr(text, from);
	struct trace_layout other_layout;
	struct trace_format other_format;

	assert_non_null(at);
	buf_add(&changed, text, (size_t)(at - text));
	buf_addstr(&changed, to);
	buf_addstr(&changed, at + strlen(from));
	if (text == header_page)
		assert_int_equal(trace_layout_parse(&other_layout, buf_str(&changed)), -EBADMSG);
	else
		assert_int_equal(trace_format_parse(&other_format, buf_str(&changed)), -EBADMSG);
	assert_non_null(strstr(fail_last()->text, "format"));
}

static void test_unknown_formats(void **state)
{
	(void)state;
	assert_unknown(header_page, "commit;\toffset:8;\tsize:8", "commit;\toffset:8;\tsize:2");
	assert_unknown(header_page, "commit;\toffset:8", "commit;\toffset:4");
	assert_unknown(header_page, "data;\toffset:16", "data;\toffset:12");
	assert_unknown(header_page, "size:4080", "size:4294967280");
	assert_unknown(header_page, "size:4080", "size:");
	assert_unknown(header_page, " data;", " datum;");
	assert_unknown(event_format, "ID: 550", "ID: 65536");
	assert_unknown(event_format, "ID: 550", "ID: -1");
	assert_unknown(event_format, "ID: 550\n", "");
	assert_unknown(event_format, "common_pid;\toffset:4;\tsize:4",
		       "common_pid;\toffset:4;\tsize:2");
	assert_unknown(event_format, "bpf_string;\toffset:8;", "bpf_string;");
	assert_unknown(event_format, "bpf_string", "x");
}

static void assert_line(const struct trace_record *record, const char *expected)
{
	struct buf line AUTO_BUF = BUF_EMPTY;

	trace_line_add(&line, record);
	assert_string_equal(buf_str(&line), expected);
}

static void test_lines(void **state)
{
	struct trace_record record = { .comm = "<idle>",
				       .cpu = 1,
				       .flags = 0x10,
				       .preempt_count = 2,
				       .ts_ns = 1234567890499,
				       .message = "Hello",
				       .len = 5 };

	(void)state;
	assert_line(&record,
		    "          <idle>-0       [001] ..s2.  1234.567890: bpf_trace_printk: Hello");
	record = (struct trace_record){ .comm = "fifteen letters",
					.pid = 4194304,
					.cpu = 1023,
					.flags = 0x6d,
					.preempt_count = 0xfa,
					.message = "a\n\tb\n\n",
					.len = 6,
					.ts_ns = 12345678999999500 };
	assert_line(&record, " fifteen letters-4194304 [1023] dNZaf 12345679.000000: "
			     "bpf_trace_printk: a\n\tb");
	record = (struct trace_record){ .comm = "",
					.pid = INT32_MIN,
					.ts_ns = UINT64_MAX,
					.cpu = UINT32_MAX,
					.message = "\n",
					.len = 1 };
	assert_line(&record, "                --2147483648 [4294967295] ..... 18446744073.709552: "
			     "bpf_trace_printk: ");
	record = (struct trace_record){ .cpu = 3, .lost = 38 };
	assert_line(&record, "[CPU 3 lost 38 lines]");
}

static void test_context_letters(void **state)
{
	static const struct {
		uint8_t flags;
		const char *letters;
	} cases[] = {
		{ 0x00, "..." }, { 0x01, "d.." }, { 0x80, "b.." }, { 0x81, "D.." }, { 0x02, ".l." },
		{ 0x04, ".n." }, { 0x06, ".b." }, { 0x20, ".p." }, { 0x24, ".N." }, { 0x22, ".L." },
		{ 0x26, ".B." }, { 0x10, "..s" }, { 0x08, "..h" }, { 0x18, "..H" }, { 0x40, "..z" },
		{ 0x50, "..z" }, { 0x48, "..Z" }, { 0x58, "..Z" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct trace_record record = { .comm = "c",
					       .flags = cases[i].flags,
					       .message = "" };
		struct buf line AUTO_BUF = BUF_EMPTY;

		trace_line_add(&line, &record);
		assert_memory_equal(strstr(buf_str(&line), "] ") + 2, cases[i].letters, 3);
	}
}

static void test_saved_comms(void **state)
{
	static const char text[] =
		"9456 bpftool\n15 rcu_preempt\n7 a b\n8 sixteen bytes and more\n6 ";
	struct trace_comm comm;

	(void)state;
	assert_true(trace_comm_saved(&comm, text, 15));
	assert_string_equal(comm.name, "rcu_preempt");
	assert_int_equal(comm.pid, 15);
	assert_true(trace_comm_saved(&comm, text, 7));
	assert_string_equal(comm.name, "a b");
	assert_true(trace_comm_saved(&comm, text, 8));
	assert_string_equal(comm.name, "sixteen bytes a");
	assert_true(trace_comm_saved(&comm, text, 6));
	assert_string_equal(comm.name, "");
	assert_false(trace_comm_saved(&comm, text, 945));
	assert_false(trace_comm_saved(&comm, "", 1));
}

static void test_lost_in_stats(void **state)
{
	(void)state;
	assert_int_equal(trace_source_stats_lost("entries: 9\noverrun: 2\ncommit overrun: 30\n"
						 "bytes: 7\ndropped events: 400\nread events: 5\n"),
			 432);
	assert_int_equal(trace_source_stats_lost("overrun: x"), 0);
	assert_int_equal(trace_source_stats_lost(""), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_mounts),          cmocka_unit_test(test_several_mounts),
		cmocka_unit_test(test_instance_names),  cmocka_unit_test(test_formats),
		cmocka_unit_test(test_unknown_formats), cmocka_unit_test(test_lines),
		cmocka_unit_test(test_context_letters), cmocka_unit_test(test_saved_comms),
		cmocka_unit_test(test_lost_in_stats),
	};

	return cmocka_run_group_tests(tests, parse_formats, NULL);
}
