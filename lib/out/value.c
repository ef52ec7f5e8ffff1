// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The kinds of value a field can have, each in its JSON and its text form. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "out/inner.h"
#include "out/line.h"

#define BOLD  "\x1b[1m"
#define PLAIN "\x1b[0m"

void out_strn(struct out *out, const char *key, const char *text, const char *value, size_t len)
{
	bool bold = out->colour && !out->json && key && !strcmp(key, "name");

	if (!inner_begin(out, key, &text))
		return;
	if (bold)
		buffer_add(&out->buffer, BOLD, strlen(BOLD));
	inner_string(out, value, len);
	if (bold)
		buffer_add(&out->buffer, PLAIN, strlen(PLAIN));
	inner_end(out, text);
}

void out_str(struct out *out, const char *key, const char *text, const char *value)
{
	out_strn(out, key, text, value, strlen(value));
}

void out_uint(struct out *out, const char *key, const char *text, uint64_t value)
{
	if (!inner_begin(out, key, &text))
		return;
	buffer_decimal(&out->buffer, value);
	inner_end(out, text);
}

void out_int(struct out *out, const char *key, const char *text, int64_t value)
{
	if (!inner_begin(out, key, &text))
		return;
	if (value < 0)
		buffer_put(&out->buffer, '-');
	buffer_decimal(&out->buffer, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
	inner_end(out, text);
}

void out_hex(struct out *out, const char *key, const char *text, uint64_t value)
{
	if (!inner_begin(out, key, &text))
		return;
	if (out->json)
		buffer_decimal(&out->buffer, value);
	else
		buffer_hex(&out->buffer, value);
	inner_end(out, text);
}

static void quoted_hex(struct out *out, uint64_t value)
{
	if (out->json)
		buffer_put(&out->buffer, '"');
	buffer_hex(&out->buffer, value);
	if (out->json)
		buffer_put(&out->buffer, '"');
}

void out_hexstr(struct out *out, const char *key, const char *text, uint64_t value)
{
	if (!inner_begin(out, key, &text))
		return;
	quoted_hex(out, value);
	inner_end(out, text);
}

void out_pointer(struct out *out, const char *key, const char *text, uint64_t value)
{
	if (!inner_begin(out, key, &text))
		return;
	if (out->form != OUT_TEXT)
		buffer_decimal(&out->buffer, value);
	else if (value)
		quoted_hex(out, value);
	else
		inner_string(out, "(nil)", 5);
	inner_end(out, text);
}

void out_token(struct out *out, const char *key, const char *text, const char *token)
{
	if (!inner_begin(out, key, &text))
		return;
	buffer_add(&out->buffer, token, strlen(token));
	inner_end(out, text);
}

void out_bool(struct out *out, const char *key, const char *text, bool value)
{
	out_token(out, key, text, value ? "true" : "false");
}

void out_flag(struct out *out, const char *key, const char *text, bool value)
{
	if (out->json) {
		out_bool(out, key, text, value);
	} else if (value && text) {
		line_end(out, line_begin(out, text));
		out->document->started = true;
	}
}

void out_time(struct out *out, const char *key, const char *text, uint64_t seconds)
{
	time_t when = (time_t)seconds;
	char date[64];
	struct tm tm;

	if (out->json) {
		out_uint(out, key, text, seconds);
		return;
	}
	if (!localtime_r(&when, &tm) || !strftime(date, sizeof(date), "%FT%T%z", &tm))
		snprintf(date, sizeof(date), "%" PRIu64, seconds);
	out_str(out, key, text, date);
}

/* Each table entry is the eight bytes that a byte becomes, so that it is stored in one move. */
#define HEX_ROW(H)                                                                                 \
	HEX(H, '0'), HEX(H, '1'), HEX(H, '2'), HEX(H, '3'), HEX(H, '4'), HEX(H, '5'), HEX(H, '6'), \
		HEX(H, '7'), HEX(H, '8'), HEX(H, '9'), HEX(H, 'a'), HEX(H, 'b'), HEX(H, 'c'),      \
		HEX(H, 'd'), HEX(H, 'e'), HEX(H, 'f')
#define HEX_ROWS                                                                            \
	HEX_ROW('0'), HEX_ROW('1'), HEX_ROW('2'), HEX_ROW('3'), HEX_ROW('4'), HEX_ROW('5'), \
		HEX_ROW('6'), HEX_ROW('7'), HEX_ROW('8'), HEX_ROW('9'), HEX_ROW('a'),       \
		HEX_ROW('b'), HEX_ROW('c'), HEX_ROW('d'), HEX_ROW('e'), HEX_ROW('f')

#define HEX(H, L)                                  \
	{                                          \
		'"', '0', 'x', H, L, '"', ',', ' ' \
	}
static const char json_bytes[256][8] = { HEX_ROWS };
#undef HEX
#define HEX(H, L)              \
	{                      \
		H, L, ' ', ' ' \
	}
static const char text_bytes[256][4] = { HEX_ROWS };
#undef HEX

/* Bytes that are rendered between two looks at the room left. */
#define BYTES_AT_ONCE ((size_t)256)

static void json_hexes(struct buffer *buffer, const uint8_t *bytes, size_t len)
{
	while (len) {
		size_t part = len < BYTES_AT_ONCE ? len : BYTES_AT_ONCE;
		char *to = buffer_room(buffer, BYTES_AT_ONCE * 7 + 1);

		for (size_t i = 0; i < part; i++, to += 7)
			memcpy(to, json_bytes[bytes[i]], 8);
		buffer->len += part * 7;
		bytes += part;
		len -= part;
		if (!len)
			buffer->len--; /* the last comma */
	}
}

static void text_hexes(struct out *out, const uint8_t *bytes, size_t len)
{
	struct buffer *buffer = &out->buffer;

	for (size_t at = 0; at < len; at += 16) {
		size_t part = len - at < 16 ? len - at : 16;
		char *from = buffer_room(buffer, 64), *to = from;

		for (size_t i = 0; i < part; i++) {
			memcpy(to, text_bytes[bytes[at + i]], 4);
			to += i == 7 && part > 8 ? 4 : 3;
		}
		to[-1] = '\n';
		buffer->len += (size_t)(to - from);
		if (at + part < len)
			line_indent(out);
	}
	buffer->len -= len != 0; /* the last line break */
}

void out_bytes(struct out *out, const char *key, const char *text, const void *bytes, size_t len)
{
	if (!inner_begin(out, key, &text))
		return;
	if (out->json) {
		buffer_put(&out->buffer, '[');
		json_hexes(&out->buffer, bytes, len);
		inner_close_array(out, len != 0);
	} else {
		text_hexes(out, bytes, len);
	}
	inner_end(out, text);
}
