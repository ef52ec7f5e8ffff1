// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Words and strings: what may reach a terminal, what looks like what. */
#include "base/text.h"

#include <string.h>

#include "base/buf.h"

#define TEXT_WORD_MAX 63

bool text_starts(const char *string, const char *prefix)
{
	return !strncmp(string, prefix, strlen(prefix));
}

size_t text_decode(const char *bytes, size_t len, uint32_t *code)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	unsigned char first = len ? (unsigned char)bytes[0] : 0;
	size_t need = first < 0x80 ? 1 : first < 0xc0 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;

	if (!need || need > len || first > 0xf4)
		return 0;
	*code = need == 1 ? first : first & (0x7fU >> need);
	for (size_t i = 1; i < need; i++) {
		if (((unsigned char)bytes[i] & 0xc0) != 0x80)
			return 0;
		*code = *code << 6 | ((unsigned char)bytes[i] & 0x3f);
	}
	if (*code < least[need] || *code > 0x10ffff || (*code >= 0xd800 && *code < 0xe000))
		return 0;
	return need;
}

size_t text_printable(const char *bytes, size_t len)
{
	uint32_t code;
	size_t used = text_decode(bytes, len, &code);

	if (!used || code < 0x20 || (code >= 0x7f && code < 0xa0))
		return 0;
	if (code == 0x061c || (code >= 0x200e && code <= 0x200f) ||
	    (code >= 0x2028 && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069))
		return 0;
	return used;
}

void text_escape(struct buf *buf, const char *bytes, size_t len)
{
	for (size_t at = 0; at < len;) {
		size_t used = text_printable(bytes + at, len - at);

		if (used) {
			buf_add(buf, bytes + at, used);
			at += used;
		} else {
			buf_printf(buf, "\\x%02x", (unsigned char)bytes[at++]);
		}
	}
}

static size_t least_of(size_t a, size_t b)
{
	return a < b ? a : b;
}

size_t text_distance(const char *typed, const char *candidate)
{
	size_t rows[3][TEXT_WORD_MAX + 1];
	size_t *before = rows[0], *above = rows[1], *row = rows[2];
	size_t m = strlen(typed), n = strlen(candidate);

	if (m > TEXT_WORD_MAX || n > TEXT_WORD_MAX)
		return SIZE_MAX;
	for (size_t j = 0; j <= n; j++)
		row[j] = j;
	for (size_t i = 1; i <= m; i++) {
		size_t *oldest = before;

		before = above;
		above = row;
		row = oldest;
		row[0] = i;
		for (size_t j = 1; j <= n; j++) {
			bool same = typed[i - 1] == candidate[j - 1];

			row[j] = least_of(above[j - 1] + !same, least_of(above[j], row[j - 1]) + 1);
			if (i > 1 && j > 1 && typed[i - 1] == candidate[j - 2] &&
			    typed[i - 2] == candidate[j - 1])
				row[j] = least_of(row[j], before[j - 2] + 1);
		}
	}
	return row[n];
}

bool text_near(const char *typed, const char *candidate)
{
	size_t distance = text_distance(typed, candidate);
	size_t len = strlen(typed);

	return distance <= (len < 3 ? 0 : len < 6 ? 1 : 2) && distance < strlen(candidate);
}
