// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The file /proc/kallsyms: read piece by piece and kept, taken apart line by line. */
#include "jit/kallsyms.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "base/err.h"

#define KALLSYMS_PATH  "/proc/kallsyms"
#define KALLSYMS_PIECE (64 * 1024)
#define KALLSYMS_MAX   (256 * 1024 * 1024) /* 50 times as much as a large kernel has today */

int kallsyms_more(struct kallsyms *file)
{
	ssize_t got;

	if (file->fd < 0)
		file->fd = open(KALLSYMS_PATH, O_RDONLY | O_CLOEXEC);
	if (file->fd < 0)
		return fail(-errno, "open " KALLSYMS_PATH);
	if (file->text.len > KALLSYMS_MAX)
		return fail(-EFBIG, "read " KALLSYMS_PATH);
	if (!buf_reserve(&file->text, KALLSYMS_PIECE))
		return buf_err(&file->text);
	do
		got = read(file->fd, file->text.data + file->text.len, KALLSYMS_PIECE);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return fail(-errno, "read " KALLSYMS_PATH);
	file->text.len += (size_t)got;
	file->ended = !got;
	return 0;
}

void kallsyms_close(struct kallsyms *file)
{
	if (file->fd >= 0)
		close(file->fd);
	buf_free(&file->text);
	*file = KALLSYMS_EMPTY;
}

/* 16 for what is no hexadecimal digit. Inline: it runs two million times for a whole file. */
static inline unsigned int hex_value(char c)
{
	unsigned int digit = (unsigned char)c - (unsigned int)'0';
	unsigned int letter = ((unsigned char)c | 0x20U) - 'a';

	return digit < 10 ? digit : letter < 6 ? letter + 10 : 16;
}

bool kallsyms_line(const char *at, const char *end, struct kallsyms_line *line)
{
	const char *tab = NULL;
	unsigned int digit;

	line->address = 0;
	for (; at < end && (digit = hex_value(*at)) < 16; at++)
		line->address = line->address << 4 | digit;
	if (end - at < 4 || at[0] != ' ' || at[2] != ' ')
		return false;
	line->name = at + 3;
	if (end[-1] == ']')
		tab = memchr(line->name, '\t', (size_t)(end - line->name));
	line->core = !tab;
	line->name_len = (size_t)((tab ?: end) - line->name);
	return line->name_len;
}
