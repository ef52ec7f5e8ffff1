// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What a program has written to its standard output and error, line by line. */
#include "bpf/stream.h"

#include <errno.h>
#include <string.h>

/* The kernel keeps 100,000 bytes of a stream (BPF_STREAM_MAX_CAPACITY). */
#define READ_SIZE ((size_t)64 * 1024)

/* Drops what was given out and reads on behind the rest; `empty` when there is nothing. */
static int refill(struct stream *stream)
{
	struct buf *text = &stream->text;
	int got;

	if (stream->at)
		memmove(text->data, text->data + stream->at, text->len - stream->at);
	text->len -= stream->at;
	stream->at = 0;
	if (!buf_reserve(text, READ_SIZE))
		return -ENOMEM;
	got = stream->read(stream->fd, stream->id, text->data + text->len, READ_SIZE);
	if (got < 0)
		return got;
	text->len += (size_t)got;
	stream->empty = !got;
	return 0;
}

int stream_line(struct stream *stream, const char **line, size_t *len)
{
	struct buf *text = &stream->text;
	const char *end = NULL;

	for (;;) {
		size_t left = text->len - stream->at;
		int err;

		if (left)
			end = memchr(text->data + stream->at, '\n', left);
		if (end || (stream->empty && left))
			break;
		if (stream->empty)
			return 0;
		err = refill(stream);
		if (err)
			return err;
	}
	*line = text->data + stream->at;
	*len = end ? (size_t)(end - *line) : text->len - stream->at;
	stream->at += *len + (end != NULL);
	return 1;
}

void stream_free(struct stream *stream)
{
	buf_free(&stream->text);
}
