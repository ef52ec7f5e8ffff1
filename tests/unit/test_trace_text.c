// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* lib/trace: the kernel's text of a buffer → records, and where a history ends. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "trace/flags.h"
#include "trace/history.h"
#include "trace/line.h"
#include "trace/parse.h"

#include <cmocka.h>

#define HEADING "# tracer: nop\n#\n# entries-in-buffer/entries-written: 3/3   #P:2\n#\n"
#define HELLO_0 "         python3-31964   [000] b..11 10656.498448: bpf_trace_printk: Hello 0\n"

/* Reads the text to its end: each message, "|" behind it; and what the reading ended with. */
static int read_all(const char *source, unsigned int cpu, struct buf *messages)
{
	auto_free char *text = strdup(source);
	struct trace_text at = { .next = text, .cpu = cpu, .now_ns = UINT64_MAX };
	struct trace_record record;
	int err;

	while ((err = trace_text_next(&at, &record)) > 0) {
		buf_add(messages, record.message, record.len);
		buf_addch(messages, '|');
	}
	return err;
}

static void assert_messages(const char *text, const char *expected)
{
	struct buf messages AUTO_BUF = BUF_EMPTY;

	assert_int_equal(read_all(text, 0, &messages), 0);
	assert_string_equal(buf_str(&messages), expected);
}

static void test_a_record(void **state)
{
	char text[] = HEADING HELLO_0;
	struct trace_text at = { .next = text, .now_ns = UINT64_MAX };
	struct trace_record record;

	(void)state;
	assert_int_equal(trace_text_next(&at, &record), 1);
	assert_int_equal(record.ts_ns, 10656498448000);
	assert_int_equal(record.cpu, 0);
	assert_int_equal(record.pid, 31964);
	assert_string_equal(record.comm, "python3");
	assert_int_equal(record.lost, 0);
	assert_int_equal(record.len, strlen("Hello 0"));
	assert_memory_equal(record.message, "Hello 0", record.len);
	assert_int_equal(trace_text_next(&at, &record), 0);
}

static void test_messages(void **state)
{
	(void)state;
	assert_messages("", "");
	assert_messages(HEADING, "");
	assert_messages(HEADING HELLO_0 HELLO_0, "Hello 0|Hello 0|");
	assert_messages(HEADING HELLO_0 "# more\n\n" HELLO_0, "Hello 0\n# more\n|Hello 0|");
	assert_messages(HEADING "CPU:0 [LOST 5 EVENTS]\n" HELLO_0 "CPU:0 [LOST 7 EVENTS]\n" HELLO_0,
			"Hello 0|Hello 0|");
	assert_messages(HELLO_0 "CPU:0 [LOST 5 EVENTS", "Hello 0\nCPU:0 [LOST 5 EVENTS|");
	/* Without flags, with a thread group, other events, no newline at the end. */
	assert_messages("           <...>-7       [000]    1.000002: bpf_trace_printk: a", "a|");
	assert_messages("              sh-7       (-----) [0] ...1.    1.000002: "
			"bpf_trace_printk: \n",
			"|");
	assert_messages("              sh-7       (    12) [0] d.h21    1.000002: sys_enter: x\n"
			"more of that\n" HELLO_0,
			"Hello 0|");
}

#define AT(TIME, CPU, MESSAGE) \
	"              sh-7       [" CPU "] ...1. " TIME ": bpf_trace_printk: " MESSAGE "\n"

/* A line within a message that cannot be the kernel's, by its CPU or its time. */
static void test_forged_lines(void **state)
{
	char text[] = AT("2.000000", "000", "a") AT("2.000000", "001", "b")
		AT("1.999999", "000", "c") AT("3.000001", "000", "d") AT("2.000000", "000", "e");
	struct trace_text at = { .next = text, .now_ns = 3000000000 };
	struct trace_record record;

	(void)state;
	assert_int_equal(trace_text_next(&at, &record), 1);
	assert_int_equal(record.len, strlen("a\n") + 2 * strlen(AT("2.000000", "000", "b")) +
					     strlen(AT("2.000000", "000", "d")) - 1);
	assert_int_equal(trace_text_next(&at, &record), 1);
	assert_int_equal(record.message[0], 'e');
	assert_int_equal(trace_text_next(&at, &record), 0);
}

static void test_now(void **state)
{
	(void)state;
	assert_int_equal(trace_text_now_ns("entries: 1\nnow ts: 11330.916117\n"), 11330916118000);
	assert_int_equal(trace_text_now_ns("entries: 1\nnow ts: 11330916117\n"), UINT64_MAX);
	assert_int_equal(trace_text_now_ns(""), UINT64_MAX);
}

static void test_other_forms(void **state)
{
	static const char *const texts[] = {
		"bpf_trace_printk: context-info is off\n",
		HEADING "no heading any more\n",
		"              sh-7       [001] ...1. 123456789: bpf_trace_printk: a counter's\n",
		"              sh-7       [001] ...1. 1.5: bpf_trace_printk: a\n",
		"\x01\x02\n",
		"short-7\n",
		"              sh-99999999999999999999999 [001] ...1. 1.000000: x: a\n",
	};
	struct buf messages AUTO_BUF = BUF_EMPTY;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		assert_int_equal(read_all(texts[i], 1, &messages), -EBADMSG);
	assert_int_equal(messages.len, 0);
}

/* What trace_line_add() writes is read again, and then written so again. */
static void test_round_trip(void **state)
{
	(void)state;
	for (unsigned int flags = 0; flags < 256; flags++) {
		const struct trace_record record = {
			.ts_ns = 1234567891000 + 1000ull * flags,
			.cpu = flags * 5,
			.pid = (int)(flags * 1001),
			.flags = (uint8_t)flags,
			.preempt_count = (uint8_t)(flags * 7),
			.comm = "a comm-1 [1] ",
			.message = "mess\nage",
			.len = 8,
		};
		struct buf line AUTO_BUF = BUF_EMPTY, again AUTO_BUF = BUF_EMPTY;
		struct buf copy AUTO_BUF = BUF_EMPTY;
		struct trace_text at = { .cpu = record.cpu, .now_ns = UINT64_MAX };
		struct trace_record got;

		trace_line_add(&line, &record);
		buf_addstr(&copy, buf_str(&line));
		at.next = copy.data;
		assert_int_equal(trace_text_next(&at, &got), 1);
		assert_int_equal(got.ts_ns, record.ts_ns);
		assert_int_equal(got.cpu, record.cpu);
		assert_int_equal(got.pid, record.pid);
		assert_int_equal(got.preempt_count, record.preempt_count);
		trace_line_add(&again, &got);
		assert_string_equal(buf_str(&again), buf_str(&line));
	}
}

static void test_flags(void **state)
{
	struct trace_record record = { .flags = 1, .preempt_count = 1 };

	(void)state;
	assert_false(trace_flags_read("x..11", 5, &record));
	assert_int_equal(record.flags, 0);
	assert_int_equal(record.preempt_count, 0);
	assert_false(trace_flags_read("b..1x", 5, &record));
	assert_false(trace_flags_read("b..\0001", 5, &record));
	assert_false(trace_flags_read("b..", 3, &record));
	assert_true(trace_flags_read("dLZf2", 5, &record));
	assert_int_equal(record.flags, 0x01 | 0x02 | 0x20 | 0x40 | 0x08);
	assert_int_equal(record.preempt_count, 0x2f);
	assert_true(trace_flags_read("d.s2", 4, &record)); /* before Linux 5.15 */
	assert_int_equal(record.flags, 0x01 | 0x10);
	assert_int_equal(record.preempt_count, 0x02);
}

/* As Linux 5.10 has it, and with a name that holds a newline. */
static void test_other_heads(void **state)
{
	char text[] = "            bash-1234    [000] d..1   100.000001: bpf_trace_printk: hello\n"
		      "             a\nb-3781    [000] b..11  101.000000: bpf_trace_printk: x\n"
		      "             a\nb-3781    [000] b..11  102.000000: print: y\n"
		      "            bash-1234    [000] b..11  103.000000: bpf_trace_printk: z\n";
	struct trace_text at = { .next = text, .now_ns = UINT64_MAX };
	struct trace_record record;

	(void)state;
	assert_int_equal(trace_text_next(&at, &record), 1);
	assert_int_equal(record.preempt_count, 1);
	assert_int_equal(record.len, strlen("hello"));
	assert_int_equal(trace_text_next(&at, &record), 1);
	assert_string_equal(record.comm, "a\nb");
	assert_int_equal(record.pid, 3781);
	assert_int_equal(record.len, 1);
	assert_int_equal(trace_text_next(&at, &record), 1);
	assert_int_equal(record.message[0], 'z');
	assert_int_equal(trace_text_next(&at, &record), 0);
}

static void add(struct trace_history *history, unsigned int cpu, uint64_t ts_ns,
		const char *message)
{
	const struct trace_record record = {
		.ts_ns = ts_ns, .cpu = cpu, .comm = "c", .message = message, .len = strlen(message)
	};

	assert_int_equal(vec_push(&history->records, record), 0);
}

static void assert_history(struct trace_history *history, const char *expected)
{
	struct buf all AUTO_BUF = BUF_EMPTY;
	struct trace_record record;

	trace_history_sort(history);
	while (trace_history_next(history, &record))
		buf_add(&all, record.message, record.len);
	assert_string_equal(buf_str(&all), expected);
	trace_history_free(history);
}

static void end_at(struct trace_history *history, unsigned int cpu, uint64_t ts_ns,
		   const char *message)
{
	const struct trace_record first = {
		.ts_ns = ts_ns, .cpu = cpu, .message = message, .len = strlen(message)
	};

	trace_history_end_at(history, &first);
}

#define MS 1000000ull

/* On CPU 0 "abcd", on CPU 1 "xyz", a microsecond apart; one text twice. */
static struct trace_history two_cpus(void)
{
	struct trace_history history = { 0 };

	add(&history, 0, 100 * MS + 1000, "a");
	add(&history, 0, 100 * MS + 3000, "b");
	add(&history, 0, 100 * MS + 5000, "c");
	add(&history, 0, 100 * MS + 7000, "b");
	add(&history, 1, 100 * MS + 2000, "x");
	add(&history, 1, 100 * MS + 4000, "y");
	add(&history, 1, 100 * MS + 6000, "z");
	return history;
}

static void test_where_a_history_ends(void **state)
{
	struct trace_history history;

	(void)state;
	history = two_cpus();
	assert_history(&history, "axbyczb");
	history = two_cpus();
	end_at(&history, 0, 100 * MS + 5210, "c");
	assert_history(&history, "axbyz");
	history = two_cpus();
	end_at(&history, 0, 100 * MS + 3400, "b");
	assert_history(&history, "axyz");
	history = two_cpus();
	end_at(&history, 0, 100 * MS + 6900, "b");
	end_at(&history, 1, 100 * MS + 2700, "x");
	assert_history(&history, "abc");
}

static void test_what_has_no_twin(void **state)
{
	struct trace_history history;

	(void)state;
	history = two_cpus();
	end_at(&history, 0, 102 * MS, "c"); /* the same text, but later */
	end_at(&history, 0, 100 * MS + 7000, "d");
	end_at(&history, 1, 100 * MS + 7000, "c"); /* another CPU's */
	end_at(&history, 2, 100 * MS + 7000, "c");
	assert_history(&history, "axbyczb");
	/* The history is young: what the instance began with was overwritten there. */
	history = two_cpus();
	end_at(&history, 1, 99 * MS, "x");
	end_at(&history, 0, 100 * MS + 4000, "d");
	assert_history(&history, "ab");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_record),
		cmocka_unit_test(test_messages),
		cmocka_unit_test(test_forged_lines),
		cmocka_unit_test(test_now),
		cmocka_unit_test(test_other_forms),
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_flags),
		cmocka_unit_test(test_other_heads),
		cmocka_unit_test(test_where_a_history_ends),
		cmocka_unit_test(test_what_has_no_twin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
