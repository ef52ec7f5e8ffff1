/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* For tests: whether bytes are one JSON document (RFC 8259), and what its strings say. */
#ifndef XH_TESTS_UNIT_JSON_CHECK_H
#define XH_TESTS_UNIT_JSON_CHECK_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/num.h"
#include "base/text.h"

/* A cursor over a document; `strings` collects what all strings say, one after another, if given. */
struct json_check {
	const char *at, *end;
	struct buf *strings;
};

static inline bool json_check_value(struct json_check *json);

static inline bool json_check_char(struct json_check *json, char wanted)
{
	return json->at < json->end && *json->at == wanted && json->at++;
}

static inline void json_check_blank(struct json_check *json)
{
	while (json->at < json->end && strchr(" \n\t\r", *json->at) && *json->at)
		json->at++;
}

static inline void json_check_add(struct json_check *json, uint32_t code)
{
	struct buf *buf = json->strings;

	if (!buf)
		return;
	if (code >= 0x800)
		buf_addch(buf, (char)(0xe0 | code >> 12));
	if (code >= 0x800)
		buf_addch(buf, (char)(0x80 | (code >> 6 & 0x3f)));
	else if (code >= 0x80)
		buf_addch(buf, (char)(0xc0 | code >> 6));
	buf_addch(buf, (char)(code < 0x80 ? code : 0x80 | (code & 0x3f)));
}

static inline bool json_check_escape(struct json_check *json)
{
	static const char letters[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
	char letter = json->at < json->end ? *json->at++ : '\0';
	const char *simple = letter ? strchr(letters, letter) : NULL;
	uint32_t code = 0;

	if (simple)
		json_check_add(json, (unsigned char)meanings[simple - letters]);
	if (letter != 'u' || json->end - json->at < 4)
		return simple != NULL;
	for (int i = 0; i < 4; i++, json->at++) {
		if (num_hex_digit(*json->at) < 0)
			return false;
		code = code << 4 | (uint32_t)num_hex_digit(*json->at);
	}
	json_check_add(json, code);
	return code < 0xd800 || code > 0xdfff;
}

/* What a terminal would obey is no error in JSON, but one here. */
static inline bool json_check_string(struct json_check *json)
{
	if (!json_check_char(json, '"'))
		return false;
	while (json->at < json->end && *json->at != '"') {
		size_t len = text_printable(json->at, (size_t)(json->end - json->at));

		if (json_check_char(json, '\\')) {
			if (!json_check_escape(json))
				return false;
			continue;
		}
		if (!len)
			return false;
		if (json->strings)
			buf_add(json->strings, json->at, len);
		json->at += len;
	}
	return json_check_char(json, '"');
}

static inline bool json_check_members(struct json_check *json, char end)
{
	json->at++;
	json_check_blank(json);
	if (json_check_char(json, end))
		return true;
	for (;;) {
		json_check_blank(json);
		if (end == '}' && (!json_check_string(json) || !json_check_char(json, ':')))
			return false;
		if (!json_check_value(json))
			return false;
		if (json_check_char(json, end))
			return true;
		if (!json_check_char(json, ','))
			return false;
	}
}

static inline bool json_check_scalar(struct json_check *json)
{
	static const char *const words[] = { "true", "false", "null" };
	size_t left = (size_t)(json->end - json->at), digits = 0;

	for (size_t i = 0; i < 3; i++) {
		size_t len = strlen(words[i]);

		if (left >= len && !memcmp(json->at, words[i], len)) {
			json->at += len;
			return true;
		}
	}
	json_check_char(json, '-');
	while (json->at < json->end && *json->at >= '0' && *json->at <= '9')
		json->at++, digits++;
	return digits == 1 || (digits && json->at[-(ptrdiff_t)digits] != '0');
}

static inline bool json_check_value(struct json_check *json)
{
	bool valid;

	json_check_blank(json);
	if (json->at == json->end)
		return false;
	if (*json->at == '{' || *json->at == '[')
		valid = json_check_members(json, *json->at == '{' ? '}' : ']');
	else
		valid = *json->at == '"' ? json_check_string(json) : json_check_scalar(json);
	json_check_blank(json);
	return valid;
}

static inline bool json_check(const char *bytes, size_t len, struct buf *strings)
{
	struct json_check json = { .at = bytes, .end = bytes + len, .strings = strings };

	return json_check_value(&json) && json.at == json.end;
}

#endif
