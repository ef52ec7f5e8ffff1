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

/* What stands for itself in a regular expression, in a glob and between quotes. */
#define LITERAL                                                          \
	"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789" \
	" _-,:;=/#%&@<>~"

/* The kernel takes patterns below 256 bytes, stars included. */
#define PATTERN_MAX 250

int trace_filter_open(struct trace_filter *filter)
{
	char reason[128];
	int err = filter->grep ? regcomp(&filter->compiled, filter->grep, REG_EXTENDED | REG_NOSUB)
			       : 0;

	if (!err)
		return 0;
	regerror(err, &filter->compiled, reason, sizeof(reason));
	fail_plain(-EINVAL, "'%s' is no regular expression: %s", filter->grep, reason);
	filter->grep = NULL;
	return -EINVAL;
}

void trace_filter_close(struct trace_filter *filter)
{
	if (filter->grep)
		regfree(&filter->compiled);
}

bool trace_filter_is_empty(const struct trace_filter *filter)
{
	return !filter->by_pid && !filter->comm && !filter->grep;
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
	       !strchr("0123456789", filter->comm[0]);
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
}

/* The kernel knew the name when the record was made; here the thread may be gone. */
static bool passes_comm(const struct trace_filter *filter, const struct trace_record *record)
{
	if (!filter->comm || (filter->in_kernel && kernel_knows_comm(filter)))
		return true;
	return !fnmatch(filter->comm, record->comm, 0);
}

static bool passes_grep(const struct trace_filter *filter, const struct trace_record *record)
{
	regmatch_t range = { .rm_eo = (regoff_t)trace_line_message_len(record) };

	if (!filter->grep || (filter->in_kernel && kernel_knows_grep(filter)))
		return true;
	return !regexec(&filter->compiled, record->message, 1, &range, REG_STARTEND);
}

bool trace_filter_passes(const struct trace_filter *filter, const struct trace_record *record)
{
	if (record->lost)
		return true;
	if (filter->by_pid && (uint32_t)record->pid != filter->pid)
		return false;
	return passes_comm(filter, record) && passes_grep(filter, record);
}
