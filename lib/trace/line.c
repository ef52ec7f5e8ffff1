// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* A record as the line of text that the kernel's own trace_pipe shows. */
#include "trace/line.h"

#include <inttypes.h>
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "trace/flags.h"
#include "trace/page.h"

#define EVENT_NAME   ": bpf_trace_printk: "
#define COMM_WIDTH   16
#define PID_WIDTH    7
#define CPU_DIGITS   3
#define SECS_WIDTH   5
#define USECS_DIGITS 6
#define PREFIX_MAX   128 /* the widest numbers included */

static char *put_bytes(char *at, const char *bytes, size_t len)
{
	memcpy(at, bytes, len);
	return at + len;
}

static char *put_fill(char *at, char fill, size_t used, size_t width)
{
	size_t more = used < width ? width - used : 0;

	memset(at, fill, more);
	return at + more;
}

/* Writes a number right-aligned; no printf, as this runs for every one of millions of lines. */
static char *put_number(char *at, uint64_t value, char fill, size_t width)
{
	char digits[20];
	size_t first = sizeof(digits);

	do {
		digits[--first] = (char)('0' + value % 10);
		value /= 10;
	} while (value);
	at = put_fill(at, fill, sizeof(digits) - first, width);
	return put_bytes(at, digits + first, sizeof(digits) - first);
}

static char *put_task(char *at, const struct trace_record *record)
{
	size_t len = strnlen(record->comm, COMM_WIDTH);
	char *pid;

	at = put_fill(at, ' ', len, COMM_WIDTH);
	at = put_bytes(at, record->comm, len);
	*at++ = '-';
	pid = at;
	if (record->pid < 0)
		*at++ = '-';
	at = put_number(at, record->pid < 0 ? -(uint64_t)record->pid : (uint64_t)record->pid, ' ',
			0);
	return put_fill(at, ' ', (size_t)(at - pid), PID_WIDTH);
}

static char *put_time(char *at, uint64_t ts_ns)
{
	uint64_t us = ts_ns / 1000 + (ts_ns % 1000 >= 500);

	at = put_number(at, us / 1000000, ' ', SECS_WIDTH);
	*at++ = '.';
	return put_number(at, us % 1000000, '0', USECS_DIGITS);
}

size_t trace_line_message_len(const struct trace_record *record)
{
	size_t len = record->len;

	while (len && record->message[len - 1] == '\n')
		len--;
	return len;
}

void trace_line_add(struct buf *line, const struct trace_record *record)
{
	size_t len;
	char *start;
	char *at;

	if (record->lost) {
		buf_printf(line, "[CPU %u lost %" PRIu64 " line%s]", record->cpu, record->lost,
			   record->lost == 1 ? "" : "s");
		return;
	}
	len = trace_line_message_len(record);
	if (!buf_reserve(line, PREFIX_MAX + len))
		return;
	start = line->data + line->len;
	at = put_task(start, record);
	at = put_bytes(at, " [", 2);
	at = put_number(at, record->cpu, '0', CPU_DIGITS);
	at = put_bytes(at, "] ", 2);
	trace_flags_write(at, record);
	at += TRACE_FLAGS_LEN;
	*at++ = ' ';
	at = put_time(at, record->ts_ns);
	at = put_bytes(at, EVENT_NAME, strlen(EVENT_NAME));
	at = put_bytes(at, record->message, len);
	*at = '\0';
	line->len += (size_t)(at - start);
}
