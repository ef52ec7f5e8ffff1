/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The bytes on their way out: one buffer, few and large writes, numbers formatted in place. */
#ifndef XH_OUT_BUFFER_H
#define XH_OUT_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define BUFFER_SIZE ((size_t)256 * 1024)

/* The most that one buffer_room() may ask for. */
#define BUFFER_ROOM_MAX ((size_t)4096)

struct buffer {
	int fd;
	int err; /* negative errno of the write that failed; then nothing is kept any more */
	bool widened;
	size_t len;
	char *data;
};

int buffer_flush(struct buffer *buffer);

/* A pointer to at least `size` writable bytes; buffer_used() then takes those before `end`. */
static inline char *buffer_room(struct buffer *buffer, size_t size)
{
	if (BUFFER_SIZE - buffer->len < size)
		buffer_flush(buffer);
	return buffer->data + buffer->len;
}

static inline void buffer_used(struct buffer *buffer, const char *end)
{
	buffer->len = (size_t)(end - buffer->data);
}

static inline void buffer_put(struct buffer *buffer, char byte)
{
	*buffer_room(buffer, 1) = byte;
	buffer->len++;
}

void buffer_add(struct buffer *buffer, const char *bytes, size_t len);
void buffer_decimal(struct buffer *buffer, uint64_t value);
void buffer_hex(struct buffer *buffer, uint64_t value);

#endif
