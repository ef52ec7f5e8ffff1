// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Global options, parse, run, finish; the only place that prints a failure. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/text.h"
#include "colour.h"
#include "commands.h"
#include "help.h"
#include "nl/netns.h"
#include "xh.h"

AUTO_DEFINE(out, struct out *, NULL, out_free)

/* "what failed: why; what to do" */
static void failure_text(struct buf *text)
{
	const struct failure *failure = fail_last();

	buf_addstr(text, failure->text);
	if (failure->hint[0])
		buf_printf(text, "; %s", failure->hint);
}

static void print_failure(const struct xh *xh)
{
	struct buf text AUTO_BUF = BUF_EMPTY, escaped AUTO_BUF = BUF_EMPTY;

	failure_text(&text);
	text_escape(&escaped, buf_str(&text), text.len);
	if (colour_wanted(xh->flags.color, STDERR_FILENO))
		fprintf(stderr, "\x1b[31mError:\x1b[0m %s\n", buf_str(&escaped));
	else
		fprintf(stderr, "Error: %s\n", buf_str(&escaped));
}

static enum status status_of_failure(void)
{
	return fail_last()->status ?: STATUS_FAILED;
}

/* In JSON the failure is the document, as long as no other one says anything. */
static void report_failure(struct xh *xh)
{
	struct buf text AUTO_BUF = BUF_EMPTY;

	if (!out_restart(xh->out)) {
		print_failure(xh);
		return;
	}
	failure_text(&text);
	out_object(xh->out, NULL);
	out_str(xh->out, "error", NULL, buf_str(&text));
	out_end(xh->out);
}

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
	print_failure(xh);
	return STATUS_FAILED;
}

/* The mount namespace stays, so that paths of pins mean what they mean to the caller. */
static int enter_netns(const char *name)
{
	auto_fd int netns = nl_netns_open(name);

	return netns < 0 ? netns : nl_netns_enter(netns, name);
}

static int run(struct xh *xh, char **words)
{
	auto_free void *values = NULL;
	struct parsed parsed;
	int err;

	if (xh->flags.version)
		return version.run(xh, NULL);
	if (xh->flags.help || !*words) {
		cli_find(&commands, words, &parsed);
		return help_show(xh, &parsed);
	}
	err = cli_parse(&commands, words, &parsed);
	values = parsed.options;
	if (err)
		return err;
	if (parsed.help)
		return help_show(xh, &parsed);
	err = xh->flags.netns ? enter_netns(xh->flags.netns) : 0;
	return err ?: parsed.path[parsed.depth]->run(xh, values);
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
		print_failure(&xh);
		return STATUS_FAILED;
	}
	xh.out = out;
	if (colour_wanted(xh.flags.color, STDOUT_FILENO))
		out_colour(out);
	err = err ?: colour_check(xh.flags.color) ?: run(&xh, words);
	/* Of output that cannot be written finish() tells, and of some failures the output. */
	if (err && !out_err(xh.out) && fail_last()->text[0])
		report_failure(&xh);
	return (int)finish(&xh, err ? status_of_failure() : STATUS_DONE);
}
