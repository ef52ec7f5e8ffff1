// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The one trace_pipe that all processes share, for kernels without bpf_printk in instances. */
#include "trace/shared.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/err.h"
#include "trace/poll.h"
#include "trace/reader.h"

#define READ_SIZE   (64 * 1024)
#define UNENDED_MAX (64 * 1024)

int trace_shared_open(struct trace_shared *shared, int tracefs)
{
	struct trace_reader reader;

	*shared = (struct trace_shared){ 0 };
	shared->fd = openat(tracefs, "trace_pipe", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (shared->fd >= 0)
		return 0;
	if (errno != EBUSY)
		return fail(-errno, "open trace_pipe");
	if (!trace_reader_find(&reader, tracefs))
		return fail(-EBUSY, "another process reads trace_pipe");
	return fail(-EBUSY, "process %d '%s' reads trace_pipe", reader.pid, reader.comm);
}

void trace_shared_close(struct trace_shared *shared)
{
	cleanup_fd(&shared->fd);
	shared->fd = -1;
	buf_free(&shared->text);
}

/* The length of the next line; what never ends is cut. SIZE_MAX: no whole line yet. */
static size_t line_len(const struct trace_shared *shared)
{
	const char *start = buf_str(&shared->text) + shared->taken;
	size_t left = shared->text.len - shared->taken;
	const char *end = memchr(start, '\n', left);

	if (end)
		return (size_t)(end - start);
	return left >= UNENDED_MAX ? left : SIZE_MAX;
}

/* 1, 0 at the end of the file, or a negative errno with the failure recorded. */
static int read_more(struct trace_shared *shared)
{
	struct buf *text = &shared->text;
	ssize_t got;

	if (shared->taken) {
		text->len -= shared->taken;
		memmove(text->data, text->data + shared->taken, text->len);
		shared->taken = 0;
	}
	if (!buf_reserve(text, READ_SIZE))
		return buf_err(text);
	got = read(shared->fd, text->data + text->len, READ_SIZE);
	if (got < 0 && (errno == EAGAIN || errno == EINTR))
		return 1;
	if (got < 0)
		return fail(-errno, "read trace_pipe");
	text->len += (size_t)got;
	text->data[text->len] = '\0';
	return got > 0;
}

int trace_shared_wait(struct trace_shared *shared, struct pollfd *others, size_t n)
{
	struct pollfd fds[1 + TRACE_OTHERS_MAX] = { { .fd = shared->fd, .events = POLLIN } };
	struct trace_poll poll = { .fds = fds, .n = 1 };

	while (line_len(shared) == SIZE_MAX) {
		int err;

		if (shared->stopped)
			return 0;
		err = trace_poll(&poll, others, n, true) ?: read_more(shared);
		if (err <= 0)
			return err;
	}
	return 1;
}

int trace_shared_next(struct trace_shared *shared, struct buf *line)
{
	size_t len = line_len(shared);

	if (len == SIZE_MAX)
		return 0;
	buf_add(line, buf_str(&shared->text) + shared->taken, len);
	shared->taken += len;
	if (shared->taken < shared->text.len)
		shared->taken++;
	return buf_err(line) ?: 1;
}

void trace_shared_stop(struct trace_shared *shared)
{
	shared->stopped = true;
}
