/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What a program has written to its standard output and error, line by line. */
#ifndef XH_BPF_STREAM_H
#define XH_BPF_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* BPF_STREAM_STDOUT and BPF_STREAM_STDERR of newer headers. */
enum stream_id {
	STREAM_STDOUT = 1,
	STREAM_STDERR = 2,
};

/* Begins as zeroed memory with the first three members set. */
struct stream {
	int fd; /* of the program; borrowed */
	enum stream_id id;
	int (*read)(int fd, uint32_t id, void *bytes,
		    uint32_t size); /* sys_prog_stream_read(), but for tests */

	bool empty;      /* there is no more */
	struct buf text; /* read, and given out up to `at` */
	size_t at;
};

/*
 * Takes the next line out of the stream, without its newline: 1, or 0 when the stream is empty, or
 * a negative errno, no failure recorded: -EINVAL where the kernel has no streams (before 6.17).
 * `line` is borrowed until the next call. What has no newline yet is a line when nothing follows.
 */
int stream_line(struct stream *stream, const char **line, size_t *len);
void stream_free(struct stream *stream);
#define AUTO_STREAM __attribute__((cleanup(stream_free)))

#endif
