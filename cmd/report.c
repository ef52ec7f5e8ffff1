// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Telling of failures: the only place that prints one. */
#include "report.h"

#include <stdio.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/text.h"
#include "colour.h"
#include "xh.h"

/* "what failed: why; what to do" */
static void failure_text(struct buf *text)
{
	const struct failure *failure = fail_last();

	buf_addstr(text, failure->text);
	if (failure->hint[0])
		buf_printf(text, "; %s", failure->hint);
}

void report_on_stderr(const struct xh *xh)
{
	struct buf text AUTO_BUF = BUF_EMPTY, escaped AUTO_BUF = BUF_EMPTY;

	failure_text(&text);
	text_escape(&escaped, buf_str(&text), text.len);
	if (colour_wanted(xh->flags.color, STDERR_FILENO))
		fprintf(stderr, "\x1b[31mError:\x1b[0m %s\n", buf_str(&escaped));
	else
		fprintf(stderr, "Error: %s\n", buf_str(&escaped));
}

void report_failure(struct xh *xh)
{
	struct buf text AUTO_BUF = BUF_EMPTY;

	if (!out_restart(xh->out)) {
		report_on_stderr(xh);
		return;
	}
	failure_text(&text);
	out_object(xh->out, NULL);
	out_str(xh->out, "error", NULL, buf_str(&text));
	out_end(xh->out);
}

enum status report_status(void)
{
	return fail_last()->status ?: STATUS_FAILED;
}
