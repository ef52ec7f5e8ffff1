// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Levels and separators: where a field stands decides what comes before it, in text and in JSON. */
#include "out/out.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "out/inner.h"
#include "out/json.h"
#include "out/line.h"

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
	out->document = out->documents;
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
	out->document->committed = true;
	return buffer_flush(&out->buffer);
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
		*text = line_begin(out, *text);
	}
	out->document->started = out->document->committed = true;
	return true;
}

void inner_end(struct out *out, const char *text)
{
	if (text)
		line_end(out, text);
}

void inner_string(struct out *out, const char *bytes, size_t len)
{
	if (out->json)
		json_string(out, bytes, len);
	else
		line_string(out, bytes, len);
}

void inner_close_array(struct out *out, bool any)
{
	if (any && out->pretty)
		json_newline(out);
	buffer_put(&out->buffer, ']');
}

static void end_document(struct out *out)
{
	buffer_put(&out->buffer, '\n');
	out->level->any = false;
}

struct level *inner_push(struct out *out, enum level_kind kind)
{
	struct level *level;

	assert(out->depth + 1 < OUT_DEPTH_MAX);
	level = &out->levels[++out->depth];
	*level = (struct level){ .kind = kind, .outer = out->level, .outer_json = out->json };
	if (kind == LEVEL_NONE)
		return level;
	level->json_depth = out->level->json_depth + (kind != LEVEL_DOCUMENT);
	out->level = level;
	return level;
}

static void open_json(struct out *out, const char *key, enum level_kind kind)
{
	if (!out->json || !json_before(out, key)) {
		inner_push(out, LEVEL_NONE);
		return;
	}
	out->document->started = true;
	buffer_put(&out->buffer, kind == LEVEL_OBJECT ? '{' : '[');
	inner_push(out, kind);
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
		inner_push(out, LEVEL_NONE);
		return;
	}
	line_end(out, line_begin(out, text));
	out->document->started = true;
	inner_push(out, LEVEL_LIST);
}

void out_typed(struct out *out)
{
	if (out->json) {
		inner_push(out, LEVEL_NONE);
		return;
	}
	inner_push(out, LEVEL_TYPED)->json_depth = 0;
	out->json = true;
}

void out_typed_line(struct out *out)
{
	out_typed(out);
	if (out->form == OUT_TEXT)
		out->pretty = false;
}

void out_wrap(struct out *out, const char *key)
{
	if (out->form == OUT_TEXT)
		inner_push(out, LEVEL_NONE);
	else
		open_json(out, key, LEVEL_OBJECT);
}

void out_json_only(struct out *out)
{
	bool text = out->form == OUT_TEXT;

	inner_push(out, text ? LEVEL_MUTE : LEVEL_NONE);
	out->json = out->json || text;
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
		if (out->document->lines && out->level->kind == LEVEL_DOCUMENT)
			end_document(out);
	} else if (level->kind == LEVEL_TYPED) {
		out->pretty = true;
		out->on_line = out->on_line && !any;
		if (any)
			buffer_put(&out->buffer, '\n');
	}
}

void out_text(struct out *out, const char *piece)
{
	size_t len = strlen(piece);

	if (out->json || !len)
		return;
	out->document->started = true;
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

void out_colour(struct out *out)
{
	out->colour = true;
}

void out_indent(struct out *out, unsigned int tabs)
{
	out->indent = tabs;
}

void out_gap(struct out *out, const char *gap)
{
	out->gap = gap;
}
