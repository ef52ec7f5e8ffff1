// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Showing what comes from an fd until somebody ends that. */
#include "map/follow.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include "base/err.h"
#include "interrupt.h"
#include "out/out.h"

enum { SOURCE, INTERRUPT, READER, WATCHED };

static int wait_for(struct pollfd watched[WATCHED])
{
	while (poll(watched, WATCHED, -1) < 0) {
		if (errno != EINTR)
			return fail(-errno, "wait for records");
	}
	return 0;
}

int follow(struct out *out, const struct follow *what, int interrupt)
{
	struct pollfd watched[WATCHED] = {
		[SOURCE] = { .fd = what->fd, .events = POLLIN },
		[INTERRUPT] = { .fd = interrupt, .events = POLLIN },
		[READER] = { .fd = STDOUT_FILENO },
	};

	while (!out_flush(out)) {
		int err;

		interrupt_extend();
		err = wait_for(watched);
		if (err)
			return err;
		if (watched[INTERRUPT].revents)
			return what->show(out, what->context);
		if (watched[READER].revents) {
			/* This, or else the end of the document, fails. */
			out_blank(out);
			return 0;
		}
		err = what->show(out, what->context);
		if (err)
			return err;
	}
	return 0;
}
