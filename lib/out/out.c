// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* An output from its first byte to its last, and the frame around each value in it. */
#include "out/out.h"

#include <stdlib.h>
#include <string.h>

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
