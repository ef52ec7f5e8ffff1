// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Fields on a line of text: what sets them apart, their templates, what may be shown. */
#include "out/line.h"

#include <string.h>

#include "base/text.h"
#include "out/inner.h"

void line_indent(struct out *out)
{
	for (unsigned int i = 0; i < out->indent; i++)
		buffer_put(&out->buffer, '\t');
}

/* Copies a template up to its '%' or its end, a whole room at once; how far it came. */
static inline const char *put_until_value(struct buffer *buffer, const char *text)
{
	char *to, *end;

	do {
		to = buffer_room(buffer, BUFFER_ROOM_MAX);
		end = to + BUFFER_ROOM_MAX;
		while (*text && *text != '%' && to < end)
			*to++ = *text++;
		buffer_used(buffer, to);
	} while (to == end);
	return text;
}

/* The tabs at the start of a line, the comma in a list, or the gap after another field. */
static void text_separate(struct out *out)
{
	struct buffer *buffer = &out->buffer;

	if (out->level->kind == LEVEL_LIST) {
		if (out->level->any)
			buffer_put(buffer, ',');
		out->level->any = true;
	} else if (!out->on_line) {
		line_indent(out);
	} else {
		for (const char *gap = out->after_colon ? " " : out->gap; *gap; gap++)
			buffer_put(buffer, *gap);
	}
	out->on_line = true;
	out->after_colon = false;
}

const char *line_begin(struct out *out, const char *text)
{
	const char *start = text;

	text_separate(out);
	text = put_until_value(&out->buffer, text);
	if (text > start && text[-1] == '\n')
		line_indent(out);
	if (*text)
		return text + 1;
	out->after_colon = text > start && text[-1] == ':';
	return text;
}

void line_end(struct out *out, const char *rest)
{
	size_t len;

	if (!*rest)
		return;
	len = strlen(rest);
	buffer_add(&out->buffer, rest, len);
	out->after_colon = rest[len - 1] == ':';
}

/* Copies the plain ASCII that nearly all of nearly every string is; how many bytes it was. */
static size_t put_plain(struct buffer *buffer, const char *bytes, size_t len)
{
	char *to = buffer_room(buffer, BUFFER_ROOM_MAX);
	size_t most = len < BUFFER_ROOM_MAX ? len : BUFFER_ROOM_MAX, at = 0;

	for (; at < most && bytes[at] >= ' ' && bytes[at] <= '~'; at++)
		to[at] = bytes[at];
	buffer->len += at;
	return at;
}

static void put_escaped(struct buffer *buffer, unsigned char byte)
{
	buffer_add(buffer, "\\x", 2);
	buffer_put(buffer, "0123456789abcdef"[byte >> 4]);
	buffer_put(buffer, "0123456789abcdef"[byte & 15]);
}

void line_string(struct out *out, const char *bytes, size_t len)
{
	for (size_t at = 0; at < len;) {
		size_t used = put_plain(&out->buffer, bytes + at, len - at);

		at += used;
		if (used || at == len)
			continue;
		used = text_printable(bytes + at, len - at) ?: bytes[at] == '\t';
		if (used)
			buffer_add(&out->buffer, bytes + at, used);
		else
			put_escaped(&out->buffer, (unsigned char)bytes[at]);
		at += used ?: 1;
	}
}
