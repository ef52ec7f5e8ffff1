// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Which records are wanted: said to the kernel as far as it understands, else decided here. */
#include "trace/filter.h"

#include <errno.h>
#include <fnmatch.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "trace/line.h"
#include "trace/page.h"
#include "trace/shape.h"

/* What stands for itself in a regular expression, in a glob and between quotes. */
#define DIGITS  "0123456789"
#define LITERAL "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ" DIGITS " _-,:;=/#%&@<>~"

/* The kernel takes patterns below 256 bytes, stars included. */
#define PATTERN_MAX 250

/* It takes a filter below a page, and this leaves room for the other parts. */
#define SHAPES_MAX 3000

/* The kernel's buffer for one message (its MAX_BPRINTF_BUF) holds 1024 bytes, a NUL included. */
#define MESSAGE_MAX 1023

static int compile(regex_t *compiled, const char *regex)
{
	char reason[128];
	int err = regcomp(compiled, regex, REG_EXTENDED | REG_NOSUB);

	if (!err)
		return 0;
	regerror(err, compiled, reason, sizeof(reason));
	return fail_plain(-EINVAL, "'%s' is no regular expression: %s", regex, reason);
}

static int compile_shapes(regex_t *compiled, const struct trace_shapes *shapes)
{
	struct buf regex AUTO_BUF = BUF_EMPTY;

	trace_shapes_regex(shapes, &regex);
	return buf_err(&regex) ?: compile(compiled, buf_str(&regex));
}

int trace_filter_open(struct trace_filter *filter)
{
	const struct trace_shapes *shapes = filter->shapes;
	int err = filter->grep ? compile(&filter->compiled, filter->grep) : 0;

	if (err)
		filter->grep = NULL;
	filter->shapes = NULL;
	if (!err && shapes)
		err = compile_shapes(&filter->shaped, shapes);
	if (!err)
		filter->shapes = shapes;
	return err;
}

void trace_filter_close(struct trace_filter *filter)
{
	if (filter->grep)
		regfree(&filter->compiled);
	if (filter->shapes)
		regfree(&filter->shaped);
}

bool trace_filter_is_empty(const struct trace_filter *filter)
{
	return !filter->by_pid && !filter->comm && !filter->grep && !filter->shapes;
}

static bool consists_of(const char *text, const char *bytes)
{
	size_t len = strspn(text, bytes);

	return len && !text[len] && len < PATTERN_MAX;
}

/* The kernel reads a digit at the start of a pattern as something else (MATCH_INDEX). */
static bool kernel_knows_comm(const struct trace_filter *filter)
{
	return filter->comm && consists_of(filter->comm, LITERAL "*?") &&
	       !strchr(DIGITS, filter->comm[0]);
}

static bool kernel_knows_grep(const struct trace_filter *filter)
{
	return filter->grep && consists_of(filter->grep, LITERAL);
}

static void add_and(struct buf *text)
{
	if (text->len)
		buf_addstr(text, " && ");
}

/*
 * The beginning that messages of a format have in common; what could mean something else there is
 * any byte. False when that lets every message pass.
 */
static bool add_beginning(const char *format, struct buf *text)
{
	size_t len = trace_shape_fixed_len(format);

	if (len >= PATTERN_MAX)
		len = PATTERN_MAX - 1;
	buf_addstr(text, "bpf_string ~ \"");
	for (size_t i = 0; i < len; i++) {
		bool plain = strchr(LITERAL, format[i]) && (i || !strchr(DIGITS, format[i]));

		buf_addch(text, plain ? format[i] : '?');
	}
	buf_addstr(text, "*\"");
	return len;
}

static void write_shapes(const struct trace_shapes *shapes, struct buf *text)
{
	struct buf clause AUTO_BUF = BUF_EMPTY;
	bool tells = true;

	vec_each (format, shapes) {
		buf_addstr(&clause, clause.len ? " || " : "(");
		tells = add_beginning(*format, &clause) && tells;
	}
	if (!tells || !clause.len || clause.len > SHAPES_MAX)
		return;
	add_and(text);
	buf_addstr(text, buf_str(&clause));
	buf_addch(text, ')');
	text->failed = text->failed || clause.failed;
}

void trace_filter_write(const struct trace_filter *filter, struct buf *text)
{
	if (filter->by_pid)
		buf_printf(text, "common_pid == %u", filter->pid);
	if (kernel_knows_comm(filter)) {
		add_and(text);
		buf_printf(text, "comm ~ \"%s\"", filter->comm);
	}
	if (kernel_knows_grep(filter)) {
		add_and(text);
		buf_printf(text, "bpf_string ~ \"*%s*\"", filter->grep);
	}
	if (filter->shapes)
		write_shapes(filter->shapes, text);
}

static bool passes_comm(const struct trace_filter *filter, const struct trace_record *record)
{
	return !filter->comm || !fnmatch(filter->comm, record->comm, 0);
}

static bool is_found(const regex_t *regex, const struct trace_record *record)
{
	regmatch_t range = { .rm_eo = (regoff_t)trace_line_message_len(record) };

	return !regexec(regex, record->message, 1, &range, REG_STARTEND);
}

static bool passes_grep(const struct trace_filter *filter, const struct trace_record *record)
{
	return !filter->grep || is_found(&filter->compiled, record);
}

static bool passes_shape(const struct trace_filter *filter, const struct trace_record *record)
{
	return !filter->shapes || record->len >= MESSAGE_MAX || is_found(&filter->shaped, record);
}

static bool passes_pid(const struct trace_filter *filter, const struct trace_record *record)
{
	return !filter->by_pid || (uint32_t)record->pid == filter->pid;
}

bool trace_filter_passes_old(const struct trace_filter *filter, const struct trace_record *record)
{
	return record->lost || (passes_pid(filter, record) && passes_comm(filter, record) &&
				passes_grep(filter, record) && passes_shape(filter, record));
}

/* The kernel knew the thread's name when the record was made; here it may be gone. */
bool trace_filter_passes(const struct trace_filter *filter, const struct trace_record *record)
{
	bool told_comm = filter->in_kernel && kernel_knows_comm(filter);
	bool told_grep = filter->in_kernel && kernel_knows_grep(filter);

	return record->lost ||
	       (passes_pid(filter, record) && (told_comm || passes_comm(filter, record)) &&
		(told_grep || passes_grep(filter, record)) && passes_shape(filter, record));
}
