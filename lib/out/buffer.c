// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The bytes on their way out: one buffer, few and large writes, numbers formatted in place. */
#include "out/buffer.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"

/* A pipe holds 64 KiB by default: a reader on another CPU is woken a quarter as often with this. */
#define PIPE_BYTES (1024 * 1024)

static void widen_pipe(struct buffer *buffer)
{
	struct stat st;

	buffer->widened = true;
	if (!fstat(buffer->fd, &st) && S_ISFIFO(st.st_mode))
		fcntl(buffer->fd, F_SETPIPE_SZ, PIPE_BYTES);
}

int buffer_flush(struct buffer *buffer)
{
	if (!buffer->err && buffer->len) {
		if (!buffer->widened && buffer->len > BUFFER_SIZE / 2)
			widen_pipe(buffer);
		buffer->err = file_write(buffer->fd, buffer->data, buffer->len);
	}
	buffer->len = 0;
	return buffer->err;
}

char *buffer_room(struct buffer *buffer, size_t size)
{
	if (BUFFER_SIZE - buffer->len < size)
		buffer_flush(buffer);
	return buffer->data + buffer->len;
}

void buffer_put(struct buffer *buffer, char byte)
{
	*buffer_room(buffer, 1) = byte;
	buffer->len++;
}

void buffer_add(struct buffer *buffer, const char *bytes, size_t len)
{
	while (len) {
		size_t part = len < BUFFER_ROOM_MAX ? len : BUFFER_ROOM_MAX;

		memcpy(buffer_room(buffer, part), bytes, part);
		buffer->len += part;
		bytes += part;
		len -= part;
	}
}

void buffer_decimal(struct buffer *buffer, uint64_t value)
{
	char digits[20];
	size_t at = sizeof(digits);

	do {
		digits[--at] = (char)('0' + value % 10);
		value /= 10;
	} while (value);
	buffer_add(buffer, digits + at, sizeof(digits) - at);
}

void buffer_hex(struct buffer *buffer, uint64_t value)
{
	char digits[18];
	size_t at = sizeof(digits);

	do {
		digits[--at] = "0123456789abcdef"[value & 15];
		value >>= 4;
	} while (value);
	digits[--at] = 'x';
	digits[--at] = '0';
	buffer_add(buffer, digits + at, sizeof(digits) - at);
}
