// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Levels and separators: where a field stands decides what comes before it, in text and in JSON. */
#include "out/out.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "out/inner.h"

struct out *out_new(int fd, enum out_form form)
{
	auto_free struct out *out = calloc(1, sizeof(*out));

	if (!out)
		return NULL;
	out->buffer.fd = fd;
	out->buffer.data = malloc(BUFFER_SIZE);
	if (!out->buffer.data)
		return NULL;
	out->form = form;
	out->json = form != OUT_TEXT;
	out->pretty = form != OUT_JSON;
	out->gap = "  ";
	out->level = out->levels;
	return take_ptr(out);
}

void out_free(struct out *out)
{
	if (!out)
		return;
	free(out->buffer.data);
	free(out);
}

int out_err(const struct out *out)
{
	return out->buffer.err;
}

int out_flush(struct out *out)
{
	return buffer_flush(&out->buffer);
}

bool out_started(const struct out *out)
{
	return out->started;
}

int out_finish(struct out *out)
{
	while (out->depth)
		out_end(out);
	if (out->form != OUT_TEXT && out->started)
		buffer_put(&out->buffer, '\n');
	else
		out_line(out);
	return buffer_flush(&out->buffer);
}

static void json_newline(struct out *out)
{
	unsigned int spaces = out->level->json_depth * 4;

	buffer_put(&out->buffer, '\n');
	memset(buffer_room(&out->buffer, spaces), ' ', spaces);
	out->buffer.len += spaces;
}

/* Escapes one character that is unfit to be shown (none is above U+FFFF); how long it was. */
static size_t json_escape(struct buffer *buffer, const char *bytes, size_t len)
{
	uint32_t code;
	size_t used = text_decode(bytes, len, &code);

	/* JSON has no way to say "byte": a bad one becomes the character of its number. */
	if (!used)
		code = (unsigned char)*bytes;
	if (code == '\n' || code == '\t') {
		buffer_add(buffer, code == '\n' ? "\\n" : "\\t", 2);
		return used;
	}
	buffer_add(buffer, "\\u", 2);
	for (int shift = 12; shift >= 0; shift -= 4)
		buffer_put(buffer, "0123456789abcdef"[code >> shift & 15]);
	return used ?: 1;
}

/* Appends a quoted string; escapes whatever JSON or a terminal could take for more than text. */
static void json_string(struct out *out, const char *bytes, size_t len)
{
	struct buffer *buffer = &out->buffer;

	buffer_put(buffer, '"');
	for (size_t at = 0; at < len;) {
		size_t used = text_printable(bytes + at, len - at);

		if (bytes[at] == '"' || bytes[at] == '\\')
			buffer_put(buffer, '\\');
		if (used)
			buffer_add(buffer, bytes + at, used);
		at += used ?: json_escape(buffer, bytes + at, len - at);
	}
	buffer_put(buffer, '"');
}

/* The comma, line break and key before a JSON value; false when the value has no place there. */
static bool json_before(struct out *out, const char *key)
{
	struct level *level = out->level;

	if (level->kind == LEVEL_OBJECT && !key)
		return false;
	assert(level != out->levels || !level->any || out->form == OUT_TEXT);
	if (level->any && level != out->levels)
		buffer_put(&out->buffer, ',');
	level->any = true;
	if (level->kind != LEVEL_OBJECT)
		return true;
	if (out->pretty)
		json_newline(out);
	json_string(out, key, strlen(key));
	buffer_put(&out->buffer, ':');
	if (out->pretty)
		buffer_put(&out->buffer, ' ');
	return true;
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
		for (unsigned int i = 0; i < out->indent; i++)
			buffer_put(buffer, '\t');
	} else if (out->after_colon) {
		buffer_put(buffer, ' ');
	} else {
		buffer_add(buffer, out->gap, strlen(out->gap));
	}
	out->on_line = true;
	out->after_colon = false;
}

const char *inner_text_begin(struct out *out, const char *text)
{
	const char *value = strchrnul(text, '%');

	text_separate(out);
	buffer_add(&out->buffer, text, (size_t)(value - text));
	out->after_colon = !*value && value > text && value[-1] == ':';
	return *value ? value + 1 : value;
}

void inner_text_end(struct out *out, const char *rest)
{
	size_t len = strlen(rest);

	buffer_add(&out->buffer, rest, len);
	if (len)
		out->after_colon = rest[len - 1] == ':';
}

bool inner_begin(struct out *out, const char *key, const char **text)
{
	if (!*text && out->form == OUT_TEXT)
		return false;
	if (out->json) {
		*text = NULL;
		if (!json_before(out, key))
			return false;
	} else {
		*text = inner_text_begin(out, *text);
	}
	out->started = true;
	return true;
}

void inner_end(struct out *out, const char *text)
{
	if (text)
		inner_text_end(out, text);
}

void inner_string(struct out *out, const char *bytes, size_t len)
{
	if (out->json) {
		json_string(out, bytes, len);
		return;
	}
	for (size_t at = 0; at < len;) {
		size_t used = text_printable(bytes + at, len - at);
		unsigned char byte = (unsigned char)bytes[at];

		if (used || byte == '\t') {
			used += !used;
			buffer_add(&out->buffer, bytes + at, used);
			at += used;
			continue;
		}
		buffer_add(&out->buffer, "\\x", 2);
		buffer_put(&out->buffer, "0123456789abcdef"[byte >> 4]);
		buffer_put(&out->buffer, "0123456789abcdef"[byte & 15]);
		at++;
	}
}

void inner_close_array(struct out *out, bool any)
{
	if (any && out->pretty)
		json_newline(out);
	buffer_put(&out->buffer, ']');
}

static struct level *push(struct out *out, enum level_kind kind)
{
	struct level *level;

	assert(out->depth + 1 < OUT_DEPTH_MAX);
	level = &out->levels[++out->depth];
	*level = (struct level){ .kind = kind, .outer = out->level, .outer_json = out->json };
	if (kind == LEVEL_NONE)
		return level;
	level->json_depth = out->level->json_depth + 1;
	out->level = level;
	return level;
}

static void open_json(struct out *out, const char *key, enum level_kind kind)
{
	if (!out->json || !json_before(out, key)) {
		push(out, LEVEL_NONE);
		return;
	}
	out->started = true;
	buffer_put(&out->buffer, kind == LEVEL_OBJECT ? '{' : '[');
	push(out, kind);
}

void out_object(struct out *out, const char *key)
{
	open_json(out, key, LEVEL_OBJECT);
}

void out_array(struct out *out, const char *key)
{
	open_json(out, key, LEVEL_ARRAY);
}

void out_list(struct out *out, const char *key, const char *text)
{
	if (out->json) {
		open_json(out, key, LEVEL_ARRAY);
		return;
	}
	if (!text) {
		push(out, LEVEL_NONE);
		return;
	}
	inner_text_end(out, inner_text_begin(out, text));
	out->started = true;
	push(out, LEVEL_LIST);
}

void out_typed(struct out *out)
{
	if (out->json) {
		push(out, LEVEL_NONE);
		return;
	}
	push(out, LEVEL_TYPED)->json_depth = 0;
	out->json = true;
}

void out_wrap(struct out *out, const char *key)
{
	if (out->form == OUT_TEXT)
		push(out, LEVEL_NONE);
	else
		open_json(out, key, LEVEL_OBJECT);
}

void out_end(struct out *out)
{
	struct level *level = &out->levels[out->depth];
	bool any = level->any;

	assert(out->depth);
	out->depth--;
	out->level = level->outer;
	out->json = level->outer_json;
	if (level->kind == LEVEL_OBJECT || level->kind == LEVEL_ARRAY) {
		if (any && out->pretty)
			json_newline(out);
		buffer_put(&out->buffer, level->kind == LEVEL_OBJECT ? '}' : ']');
	} else if (level->kind == LEVEL_TYPED && any) {
		buffer_put(&out->buffer, '\n');
		out->on_line = false;
	}
}

void out_text(struct out *out, const char *piece)
{
	size_t len = strlen(piece);

	if (out->json || !len)
		return;
	out->started = true;
	buffer_add(&out->buffer, piece, len);
	out->on_line = piece[len - 1] != '\n';
	out->after_colon = false;
}

void out_line(struct out *out)
{
	if (out->on_line && !out->json)
		out_text(out, "\n");
}

void out_blank(struct out *out)
{
	out_line(out);
	out_text(out, "\n");
}

void out_indent(struct out *out, unsigned int tabs)
{
	out->indent = tabs;
}

void out_gap(struct out *out, const char *gap)
{
	out->gap = gap;
}
