// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Global options, run, finish. */
#include <errno.h>
#include <signal.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/err.h"
#include "base/file.h"
#include "colour.h"
#include "commands.h"
#include "report.h"
#include "run.h"
#include "xh.h"

AUTO_DEFINE(out, struct out *, NULL, out_free)

/* Ends the document: "null" when a verb that succeeded had nothing to say. */
static enum status finish(struct xh *xh, enum status status)
{
	int err;

	if (xh->flags.json && !out_started(xh->out))
		out_token(xh->out, NULL, NULL, "null");
	err = out_finish(xh->out);
	if (!err)
		return status;
	fail(err, "write to standard output");
	report_on_stderr(xh);
	return STATUS_FAILED;
}

static enum out_form form_of(const struct flags *flags)
{
	if (!flags->json)
		return OUT_TEXT;
	return flags->pretty ? OUT_PRETTY : OUT_JSON;
}

int main(int argc, char **argv)
{
	struct xh xh = { 0 };
	char **words = argv + (argc > 0);
	int err;

	file_guard_stdio();
	/* A reader that leaves early is a failed write, seen and reported as such. */
	signal(SIGPIPE, SIG_IGN);
	err = cli_options(global_options, words, &xh.flags);
	AUTO(out) struct out *out = out_new(STDOUT_FILENO, form_of(&xh.flags));
	if (!out) {
		fail(-ENOMEM, "start");
		report_on_stderr(&xh);
		return STATUS_FAILED;
	}
	xh.out = out;
	if (colour_wanted(xh.flags.color, STDOUT_FILENO))
		out_colour(out);
	err = err ?: colour_check(xh.flags.color) ?: run_words(&xh, words);
	/* Of output that cannot be written finish() tells, and of some failures the output. */
	if (err && !out_err(xh.out) && fail_last()->text[0])
		report_failure(&xh);
	return (int)finish(&xh, err ? report_status() : STATUS_DONE);
}
