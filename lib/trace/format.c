// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What tracefs says about the bytes of its ring buffer: the layout of pages and of one event. */
#include "trace/format.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/text.h"

#define OFFSET_MAX   (1024 * 1024)
#define ID_MAX       UINT16_MAX
#define DIGITS       "0123456789"
#define PAGE_TS_SIZE sizeof(uint64_t)

/* The decimal number after `key` between `at` and the end of the line. */
static bool number_after(const char *at, const char *key, size_t max, size_t *value)
{
	const char *end = at + strcspn(at, "\n");
	const char *found = strstr(at, key);
	size_t digits;

	if (!found || found >= end)
		return false;
	found += strlen(key);
	digits = strspn(found, DIGITS);
	if (!digits || digits > 9)
		return false;
	*value = strtoul(found, NULL, 10);
	return *value <= max;
}

/* True when the declaration from `text` to `end` is of a variable `name`. */
static bool declares(const char *text, const char *end, const char *name)
{
	size_t len = strlen(name);

	if ((size_t)(end - text) <= len)
		return false;
	return end[-(ptrdiff_t)len - 1] == ' ' && !memcmp(end - len, name, len);
}

/* Finds a field; `size` is what it has to have, 0 for any. */
static int find(const char *text, const char *name, size_t size, struct trace_field *field)
{
	for (const char *at = text; (at = strstr(at, "field:")); at += strcspn(at, "\n")) {
		const char *end;

		at += strlen("field:");
		end = at + strcspn(at, ";\n");
		if (!declares(at, end, name))
			continue;
		if (!number_after(end, "offset:", OFFSET_MAX, &field->offset) ||
		    !number_after(end, "size:", OFFSET_MAX, &field->size))
			break;
		if (size && field->size != size)
			break;
		return 0;
	}
	return fail_plain(-EBADMSG, "the trace format of this kernel is unknown: field %s", name);
}

int trace_layout_parse(struct trace_layout *layout, const char *text)
{
	int err = find(text, "commit", 0, &layout->commit) ?: find(text, "data", 0, &layout->data);
	size_t commit_size;

	if (err)
		return err;
	commit_size = layout->commit.size;
	if (layout->commit.offset < PAGE_TS_SIZE || (commit_size != 4 && commit_size != 8) ||
	    layout->data.offset < layout->commit.offset + commit_size)
		return fail_plain(-EBADMSG, "the trace format of this kernel is unknown: pages");
	return 0;
}

int trace_format_parse(struct trace_format *format, const char *text)
{
	size_t id;
	int err = find(text, "common_type", 2, &format->type) ?:
		  find(text, "common_flags", 1, &format->flags) ?:
		  find(text, "common_preempt_count", 1, &format->preempt_count) ?:
		  find(text, "common_pid", 4, &format->pid) ?:
		  find(text, "bpf_string", 4, &format->message);
	const char *line = strstr(text, "ID:");

	if (err)
		return err;
	if (!line || !number_after(line, "ID: ", ID_MAX, &id))
		return fail_plain(-EBADMSG, "the trace format of this kernel is unknown: ID");
	format->id = (uint16_t)id;
	return 0;
}

size_t trace_layout_page_size(const struct trace_layout *layout)
{
	return layout->data.offset + layout->data.size;
}
