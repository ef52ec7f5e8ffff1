// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Waiting for trace files and, at the same time, for what the caller wants to hear of. */
#include "trace/poll.h"

#include <errno.h>
#include <string.h>

#include "base/err.h"

int trace_poll(struct trace_poll *own, struct pollfd *others, size_t n, bool wait)
{
	struct pollfd *copies = own->fds + own->n;
	bool told = false;

	if (n)
		memcpy(copies, others, n * sizeof(*others));
	while (poll(own->fds, own->n + n, wait ? -1 : 0) < 0) {
		if (errno != EINTR)
			return fail(-errno, "wait for trace records");
	}
	for (size_t i = 0; i < n; i++) {
		others[i].revents = copies[i].revents;
		told = told || others[i].revents;
	}
	return told ? -EINTR : 0;
}
