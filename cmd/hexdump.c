// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Bytes as rows of hexadecimal numbers and characters. */
#include "hexdump.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "out/out.h"

#define ROW 16

/* "0000010	3cae 8455 …                     | <..U": two by two, characters eight by eight. */
static void show_row(struct out *out, size_t offset, const uint8_t *bytes, size_t len)
{
	static const char digits[] = "0123456789abcdef";
	char text[128];
	char *at = text + snprintf(text, sizeof(text), "%07zx\t", offset);

	for (size_t i = 0; i < ROW; i++) {
		*at++ = i < len ? digits[bytes[i] >> 4] : ' ';
		*at++ = i < len ? digits[bytes[i] & 15] : ' ';
		if (i % 2)
			*at++ = ' ';
	}
	*at++ = '|';
	*at++ = ' ';
	for (size_t i = 0; i < len; i++) {
		*at++ = bytes[i] >= ' ' && bytes[i] <= '~' ? (char)bytes[i] : '.';
		if (i == ROW / 2 - 1)
			*at++ = ' ';
	}
	strcpy(at, "\n");
	out_text(out, text);
}

void hexdump_show(struct out *out, const char *key, const void *bytes, size_t len)
{
	const uint8_t *at = bytes;

	for (size_t i = 0; i < len; i += ROW)
		show_row(out, i, at + i, len - i < ROW ? len - i : ROW);
	out_array(out, key);
	for (size_t i = 0; i < len; i++)
		out_uint(out, NULL, NULL, at[i]);
	out_end(out);
}
