// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* A growing byte buffer that is always a C string too. */
#include "base/buf.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"

static bool no_memory(struct buf *buf)
{
	buf->failed = true;
	return false;
}

bool buf_reserve(struct buf *buf, size_t more)
{
	size_t need = buf->len + more + 1;
	size_t cap = buf->cap ?: 64;
	char *grown;

	if (buf->failed)
		return false;
	/* More than any memory: the sum may have wrapped, and no doubling would reach it. */
	if (more >= PTRDIFF_MAX - buf->len)
		return no_memory(buf);
	if (need <= buf->cap)
		return true;
	while (cap < need)
		cap *= 2;
	grown = realloc(buf->data, cap);
	if (!grown)
		return no_memory(buf);
	grown[buf->len] = '\0';
	buf->data = grown;
	buf->cap = cap;
	return true;
}

void buf_add(struct buf *buf, const void *bytes, size_t len)
{
	if (!buf_reserve(buf, len))
		return;
	if (len)
		memcpy(buf->data + buf->len, bytes, len);
	buf->len += len;
	buf->data[buf->len] = '\0';
}

void buf_addch(struct buf *buf, char byte)
{
	buf_add(buf, &byte, 1);
}

void buf_addstr(struct buf *buf, const char *string)
{
	buf_add(buf, string, strlen(string));
}

void buf_printf(struct buf *buf, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	buf_vprintf(buf, format, args);
	va_end(args);
}

void buf_vprintf(struct buf *buf, const char *format, va_list args)
{
	va_list again;
	int len;

	va_copy(again, args);
	len = vsnprintf(NULL, 0, format, args);
	if (len >= 0 && buf_reserve(buf, (size_t)len)) {
		vsnprintf(buf->data + buf->len, (size_t)len + 1, format, again);
		buf->len += (size_t)len;
	}
	va_end(again);
}

void buf_clear(struct buf *buf)
{
	buf->len = 0;
	if (buf->data)
		buf->data[0] = '\0';
}

void buf_free(struct buf *buf)
{
	free(buf->data);
	*buf = BUF_EMPTY;
}

const char *buf_str(const struct buf *buf)
{
	return buf->data ?: "";
}

int buf_err(const struct buf *buf)
{
	return buf->failed ? fail(-ENOMEM, "growing a buffer of %zu bytes", buf->cap) : 0;
}
