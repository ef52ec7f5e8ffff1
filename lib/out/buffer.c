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

/* The digits of 0 to 99, so that a division yields two of them. */
static const char pairs[] = "0001020304050607080910111213141516171819"
			    "2021222324252627282930313233343536373839"
			    "4041424344454647484950515253545556575859"
			    "6061626364656667686970717273747576777879"
			    "8081828384858687888990919293949596979899";

static unsigned int digit_count(uint64_t value)
{
	static const uint64_t powers[] = {
		0,
		10ULL,
		100ULL,
		1000ULL,
		10000ULL,
		100000ULL,
		1000000ULL,
		10000000ULL,
		100000000ULL,
		1000000000ULL,
		10000000000ULL,
		100000000000ULL,
		1000000000000ULL,
		10000000000000ULL,
		100000000000000ULL,
		1000000000000000ULL,
		10000000000000000ULL,
		100000000000000000ULL,
		1000000000000000000ULL,
		10000000000000000000ULL,
	};
	unsigned int bits = 64 - (unsigned int)__builtin_clzll(value | 1);
	unsigned int digits = bits * 1233 >> 12; /* by the logarithm of 2, and at most 1 too few */

	return digits + (value >= powers[digits]);
}

void buffer_decimal(struct buffer *buffer, uint64_t value)
{
	char *to = buffer_room(buffer, 20);
	unsigned int digits = digit_count(value);

	buffer->len += digits;
	for (to += digits; value >= 100; value /= 100)
		memcpy(to -= 2, pairs + 2 * (value % 100), 2);
	if (value >= 10)
		memcpy(to - 2, pairs + 2 * value, 2);
	else
		to[-1] = (char)('0' + value);
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
