// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* A reader of JSON that its caller drives. */
#include "btf/jsonin.h"

#include <ctype.h>
#include <errno.h>
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/num.h"

static void skip_blanks(struct jsonin *in)
{
	in->at += strspn(in->at, " \t\r\n");
}

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || (c && strchr("+-._", c));
}

static int refused(struct jsonin *in, const char *expected)
{
	size_t where;

	skip_blanks(in);
	where = (size_t)(in->at - in->text) + 1;
	if (!*in->at)
		return fail_plain(-EINVAL, "the JSON ends where %s is expected", expected);
	return fail_plain(-EINVAL, "%s is expected at character %zu of the JSON, not '%.12s'",
			  expected, where, in->at);
}

enum jsonin_kind jsonin_kind(struct jsonin *in)
{
	skip_blanks(in);
	switch (*in->at) {
	case '{':
		return JSONIN_OBJECT;
	case '[':
		return JSONIN_ARRAY;
	case '"':
		return JSONIN_STRING;
	default:
		return is_word(*in->at) ? JSONIN_WORD : JSONIN_NONE;
	}
}

struct jsonin_level jsonin_enter(struct jsonin *in)
{
	return (struct jsonin_level){ .close = *in->at++ == '{' ? '}' : ']' };
}

int jsonin_more(struct jsonin *in, struct jsonin_level *level)
{
	skip_blanks(in);
	if (*in->at == level->close) {
		in->at++;
		return 0;
	}
	if (level->begun && *in->at != ',')
		return refused(in, level->close == '}' ? "',' or '}'" : "',' or ']'");
	in->at += level->begun;
	level->begun = true;
	return 1;
}

static void add_utf8(struct buf *into, uint32_t code)
{
	if (code < 0x80) {
		buf_addch(into, (char)code);
		return;
	}
	if (code < 0x800) {
		buf_addch(into, (char)(0xc0 | code >> 6));
	} else {
		if (code < 0x10000) {
			buf_addch(into, (char)(0xe0 | code >> 12));
		} else {
			buf_addch(into, (char)(0xf0 | code >> 18));
			buf_addch(into, (char)(0x80 | (code >> 12 & 0x3f)));
		}
		buf_addch(into, (char)(0x80 | (code >> 6 & 0x3f)));
	}
	buf_addch(into, (char)(0x80 | (code & 0x3f)));
}

/* Four hexadecimal digits; -1 for others. */
static int read_unit(const char *digits)
{
	int unit = 0;

	for (int i = 0; i < 4; i++) {
		int digit = num_hex_digit(digits[i]);

		if (digit < 0)
			return -1;
		unit = unit << 4 | digit;
	}
	return unit;
}

/* "\u00e9", or "\ud83d\ude00": beyond U+FFFF there are two. */
static int read_code(struct jsonin *in, struct buf *into)
{
	int high = read_unit(in->at + 1), low;

	if (high >= 0xd800 && high < 0xdc00 && in->at[5] == '\\' && in->at[6] == 'u') {
		low = read_unit(in->at + 7);
		if (low < 0xdc00 || low > 0xdfff)
			return refused(in, "a character");
		in->at += 11;
		add_utf8(into,
			 0x10000 + ((uint32_t)(high - 0xd800) << 10 | (uint32_t)(low - 0xdc00)));
		return 0;
	}
	if (high < 0 || (high >= 0xd800 && high < 0xe000))
		return refused(in, "a character");
	in->at += 5;
	add_utf8(into, (uint32_t)high);
	return 0;
}

static int read_escape(struct jsonin *in, struct buf *into)
{
	static const char letters[] = "\"\\/bfnrt", bytes[] = "\"\\/\b\f\n\r\t";
	const char *letter;

	in->at++;
	if (*in->at == 'u')
		return read_code(in, into);
	letter = *in->at ? strchr(letters, *in->at) : NULL;
	if (!letter)
		return refused(in, "one of \"\\/bfnrtu");
	buf_addch(into, bytes[letter - letters]);
	in->at++;
	return 0;
}

int jsonin_string(struct jsonin *in, struct buf *into)
{
	int err = 0;

	buf_clear(into);
	if (jsonin_kind(in) != JSONIN_STRING)
		return refused(in, "a string");
	in->at++;
	while (!err && *in->at != '"') {
		size_t plain = strcspn(in->at, "\"\\");

		if (*in->at == '\\') {
			err = read_escape(in, into);
			continue;
		}
		if (!in->at[plain]) {
			in->at += plain;
			return refused(in, "'\"'");
		}
		buf_add(into, in->at, plain);
		in->at += plain;
	}
	in->at += !err;
	return err ?: buf_err(into);
}

int jsonin_name(struct jsonin *in, struct buf *into)
{
	int err = jsonin_string(in, into);

	skip_blanks(in);
	if (err || *in->at != ':')
		return err ?: refused(in, "':'");
	in->at++;
	return 0;
}

int jsonin_word(struct jsonin *in, struct buf *into)
{
	const char *start;

	buf_clear(into);
	if (jsonin_kind(in) != JSONIN_WORD)
		return refused(in, "a value");
	start = in->at;
	while (is_word(*in->at))
		in->at++;
	buf_add(into, start, (size_t)(in->at - start));
	return buf_err(into);
}

int jsonin_end(struct jsonin *in)
{
	skip_blanks(in);
	return *in->at ? refused(in, "the end") : 0;
}
