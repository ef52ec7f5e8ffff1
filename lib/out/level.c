// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Objects, arrays, lists and typed parts: what is open, and what ends it. */
#include <assert.h>

#include "out/inner.h"
#include "out/json.h"
#include "out/line.h"

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
