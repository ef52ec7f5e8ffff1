// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What stands around values in JSON: commas, keys, line breaks, quotes. */
#include "out/json.h"

#include <assert.h>
#include <string.h>

#include "base/text.h"
#include "out/inner.h"

/* A line break and the indentation of the level that fields belong to. */
static char *write_newline(const struct out *out, char *to)
{
	*to++ = '\n';
	for (unsigned int i = out->level->json_depth; i; i--, to += 4)
		memcpy(to, "    ", 4);
	return to;
}

void json_newline(struct out *out)
{
	char *to = buffer_room(&out->buffer, 1 + 4 * OUT_DEPTH_MAX);

	buffer_used(&out->buffer, write_newline(out, to));
}

/* What stands for itself in a JSON string, as nearly every byte of nearly every one does. */
static const bool plain[256] = {
	[' ' ... '!'] = true,
	['#' ... '['] = true,
	[']' ... '~'] = true,
};

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

void json_string(struct out *out, const char *bytes, size_t len)
{
	struct buffer *buffer = &out->buffer;

	buffer_put(buffer, '"');
	for (size_t at = 0; at < len;) {
		size_t used = at;

		while (used < len && plain[(unsigned char)bytes[used]])
			used++;
		if (used > at) {
			buffer_add(buffer, bytes + at, used - at);
			at = used;
			continue;
		}
		used = text_printable(bytes + at, len - at);
		if (bytes[at] == '"' || bytes[at] == '\\')
			buffer_put(buffer, '\\');
		if (used)
			buffer_add(buffer, bytes + at, used);
		at += used ?: json_escape(buffer, bytes + at, len - at);
	}
	buffer_put(buffer, '"');
}

/* The longest key that is looked at and written in one go. */
#define SHORT_KEY 256

/* Writes a key, or returns NULL for one that wants escapes or more room. */
static char *write_short_key(char *to, const char *key)
{
	const char *end = to + SHORT_KEY;

	*to++ = '"';
	while (plain[(unsigned char)*key] && to < end)
		*to++ = *key++;
	*to++ = '"';
	return *key ? NULL : to;
}

static void json_key(struct out *out, const char *key)
{
	char *to = buffer_room(&out->buffer, SHORT_KEY + 4), *end = write_short_key(to, key);

	if (!end) {
		json_string(out, key, strlen(key));
		end = buffer_room(&out->buffer, 2);
	}
	*end++ = ':';
	if (out->pretty)
		*end++ = ' ';
	buffer_used(&out->buffer, end);
}

bool json_before(struct out *out, const char *key)
{
	struct level *level = out->level;

	if (level->kind == LEVEL_MUTE || (level->kind == LEVEL_OBJECT && !key))
		return false;
	assert(level->kind != LEVEL_DOCUMENT || !level->any || out->form == OUT_TEXT);
	if (level->any && level->kind != LEVEL_DOCUMENT)
		buffer_put(&out->buffer, ',');
	level->any = true;
	if (level->kind != LEVEL_OBJECT)
		return true;
	if (out->pretty)
		json_newline(out);
	json_key(out, key);
	return true;
}
