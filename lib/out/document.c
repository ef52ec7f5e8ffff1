// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Where a document begins and ends: the output as a whole, and what is filled like one in it. */
#include <assert.h>

#include "out/inner.h"
#include "out/json.h"

void out_lines(struct out *out)
{
	/* Within another document there is no place for several. */
	if (out->document != out->documents && out->form != OUT_TEXT) {
		out_array(out, NULL);
		return;
	}
	out->form = OUT_JSON;
	out->json = out->document->lines = out->document->started = true;
	out->pretty = false;
}

bool out_started(const struct out *out)
{
	return out->document->started;
}

bool out_restart(struct out *out)
{
	struct document *document = out->document;

	if (out->form == OUT_TEXT || document->committed)
		return false;
	out->buffer.len = document->begin;
	out->depth = document->depth;
	out->level = &out->levels[out->depth];
	out->level->any = false;
	document->started = false;
	return true;
}

void out_document(struct out *out, const char *key)
{
	struct document *document = ++out->document;

	assert(document < out->documents + OUT_DOCUMENTS_MAX);
	if (out->json)
		json_before(out, key);
	inner_push(out, LEVEL_DOCUMENT);
	/* What has only begun stays in the buffer, where it can be forgotten. */
	buffer_room(&out->buffer, BUFFER_ROOM_MAX);
	*document = (struct document){
		.depth = out->depth,
		.begin = out->buffer.len,
		.outer_form = out->form,
		.outer_pretty = out->pretty,
	};
}

void out_document_end(struct out *out)
{
	const struct document *document = out->document;

	while (out->depth > document->depth)
		out_end(out);
	out->form = document->outer_form;
	out->json = out->form != OUT_TEXT;
	out->pretty = document->outer_pretty;
	if (out->json && !document->started)
		out_token(out, NULL, NULL, "null");
	out_line(out);
	out_indent(out, 0);
	out_gap(out, "  ");
	out_end(out);
	out->document--;
	out->document->started = out->document->committed = true;
}

int out_finish(struct out *out)
{
	while (out->depth)
		out_end(out);
	if (out->form != OUT_TEXT && out->document->started && !out->document->lines)
		buffer_put(&out->buffer, '\n');
	else
		out_line(out);
	return buffer_flush(&out->buffer);
}
