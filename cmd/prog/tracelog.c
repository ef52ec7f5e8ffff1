// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* `xh prog tracelog`: what programs print, followed until interrupted; or the streams of one. */
#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "commands.h"
#include "interrupt.h"
#include "prog/streams.h"
#include "trace/log.h"
#include "xh.h"

AUTO_DEFINE(log, struct trace_log *, NULL, trace_log_close)

/* What ends it: an interrupt, or a reader of the output that has left. */
enum { INTERRUPT, READER, ENDS };

static int show_lines(struct xh *xh, struct trace_log *log)
{
	struct buf line AUTO_BUF = BUF_EMPTY;
	int err;

	while ((err = trace_log_next(log, &line)) > 0) {
		out_strn(xh->out, NULL, "%", buf_str(&line), line.len);
		out_line(xh->out);
		buf_clear(&line);
	}
	return err;
}

static int follow(struct xh *xh, struct trace_log *log, int interrupt)
{
	struct pollfd ends[ENDS] = {
		[INTERRUPT] = { .fd = interrupt, .events = POLLIN },
		[READER] = { .fd = STDOUT_FILENO },
	};
	size_t watched = ENDS;

	/* A write that fails ends it too; main tells of that. */
	while (!out_flush(xh->out)) {
		int err;

		interrupt_extend();
		err = trace_log_wait(log, ends, watched);
		if (err > 0) {
			err = show_lines(xh, log);
		} else if (err != -EINTR) {
			return err;
		} else if (ends[INTERRUPT].revents) {
			/* What was recorded before is still shown. */
			watched = 0;
			err = trace_log_stop(log);
		} else {
			/* The reader has left: this, or else the end of the document, fails. */
			out_blank(xh->out);
			return 0;
		}
		if (err)
			return err;
	}
	return 0;
}

static int open_log(struct trace_log **log)
{
	int err = trace_log_open(log);

	if ((err == -EPERM || err == -EACCES) && geteuid())
		return fail_hint("try: sudo xh prog tracelog");
	return err;
}

static int follow_all(struct xh *xh)
{
	AUTO(log) struct trace_log *log = NULL;
	int interrupt = interrupt_catch();
	int err = interrupt < 0 ? interrupt : open_log(&log);

	if (err)
		return err;
	out_array(xh->out, NULL);
	err = follow(xh, log, interrupt);
	out_end(xh->out);
	return err;
}

static int run(struct xh *xh, const void *words)
{
	const struct streams_options *options = words;

	return options->stream ? streams_show(xh, options) : follow_all(xh);
}

const struct command prog_tracelog = {
	.name = "tracelog",
	.summary = "Follow what programs print, until interrupted",
	.args = streams_args,
	.options_size = sizeof(struct streams_options),
	.run = run,
	.examples = EXAMPLES("xh prog tracelog", "xh -j prog tracelog"),
};
