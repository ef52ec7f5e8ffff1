// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* `xh batch`: the command lines of a file, one after the other in one process. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "args.h"
#include "base/buf.h"
#include "base/cleanup.h"
#include "base/err.h"
#include "base/file.h"
#include "cli/script.h"
#include "commands.h"
#include "interrupt.h"
#include "report.h"
#include "run.h"
#include "xh.h"

#define FILE_BYTES_MAX (64u << 20)

/* Below OUT_DOCUMENTS_MAX; a file that runs itself would never end. */
#define DEPTH_MAX 8

struct batch_options {
	const char *file;
	bool keep_going;
};

struct session {
	const char *file;
	struct script script;
	unsigned int processed;
	enum status status; /* that of the first command that failed */
};

static bool is_stdin(const char *path)
{
	return strcmp(path, "-") == 0;
}

static const char *name_of(const char *path)
{
	return is_stdin(path) ? "standard input" : path;
}

static int read_file(const char *path, struct buf *text)
{
	auto_fd int opened = is_stdin(path) ? -1 : file_open(path, "a file of commands");
	int err;

	if (!is_stdin(path) && opened < 0)
		return opened;
	err = file_read_fd(is_stdin(path) ? STDIN_FILENO : opened, FILE_BYTES_MAX, text);
	if (err)
		return fail(err, "read %s", name_of(path));
	if (strlen(buf_str(text)) != text->len)
		return fail_plain(-EINVAL, "%s: has NUL bytes, expected a file of commands",
				  name_of(path));
	return 0;
}

static void emit_words(struct out *out, const struct script *script)
{
	out_array(out, "command");
	vec_each (word, &script->words) {
		if (*word)
			out_str(out, NULL, NULL, *word);
	}
	out_end(out);
}

/* What is on its way out comes before what is said about it. */
static void report(struct xh *xh, const struct session *session, int err)
{
	fail_context(err, "%s:%u", session->file, session->script.line);
	if (!xh->flags.json)
		out_flush(xh->out);
	report_failure(xh);
}

/* `err` is what was wrong with its words. Of some failures the output tells already. */
static void run_command(struct xh *xh, struct session *session, int err)
{
	out_document(xh->out, "output");
	err = err ?: run_words(xh, session->script.words.v);
	interrupt_release();
	if (err && !session->status)
		session->status = report_status();
	if (err && !out_err(xh->out) && fail_last()->text[0])
		report(xh, session, err);
	out_document_end(xh->out);
	session->processed += !err;
}

/* 1, 0 at the end of the file, or -ENOMEM: with that one it cannot go on. */
static int step(struct xh *xh, struct session *session)
{
	int err;

	fail_clear();
	err = script_next(&session->script);
	if (!err || err == -ENOMEM)
		return err;
	out_object(xh->out, NULL);
	emit_words(xh->out, &session->script);
	run_command(xh, session, err < 0 ? err : 0);
	out_end(xh->out);
	return 1;
}

static int run_all(struct xh *xh, struct session *session, bool keep_going)
{
	int err = 0;

	while (!interrupt_seen() && !out_err(xh->out) && (keep_going || !session->status)) {
		err = step(xh, session);
		if (err <= 0)
			break;
	}
	return err < 0 ? err : 0;
}

/* An interrupt that ended a follower as it should is a failure for what comes after it. */
static int check_interrupt(struct session *session)
{
	fail_clear();
	if (!interrupt_seen() || !script_next(&session->script))
		return 0;
	return fail_plain(-EINTR, "%s:%u: not run, nor what comes after: interrupted",
			  session->file, session->script.line);
}

static int say_processed(struct out *out, unsigned int count)
{
	struct buf line AUTO_BUF = BUF_EMPTY;

	buf_printf(&line, "processed %u commands\n", count);
	out_text(out, buf_str(&line));
	return buf_err(&line);
}

static int run(struct xh *xh, const void *words)
{
	const struct batch_options *options = words;
	struct buf text AUTO_BUF = BUF_EMPTY;
	struct session session = { .file = name_of(options->file) };
	int err;

	if (xh->batches == DEPTH_MAX)
		return fail_plain(-ELOOP, "more than %d batch files within one another", DEPTH_MAX);
	err = read_file(options->file, &text);
	if (err)
		return err;
	session.script.next = text.data ?: (char[]){ "" };
	xh->batches++;
	out_array(xh->out, NULL);
	err = run_all(xh, &session, options->keep_going) ?: check_interrupt(&session);
	out_end(xh->out);
	xh->batches--;
	script_free(&session.script);
	if (err || session.status)
		return err ?: fail_shown(session.status);
	return say_processed(xh->out, session.processed);
}

static const struct arg args[] = {
	{ "file", ARG_FILE(struct batch_options, file), .required = true,
	  .help = "Where the commands are, a line each; '-' is standard input" },
	{ "--keep-going", ARG_FLAG(struct batch_options, keep_going),
	  .help = "Do not stop at a command that fails; the exit status is the first one's" },
	{ 0 },
};

const struct command batch = {
	.name = "batch",
	.summary = "Run the commands in a file",
	.args = args,
	.options_size = sizeof(struct batch_options),
	.run = run,
	.examples = EXAMPLES("xh batch file rules.txt", "xh -j batch file - --keep-going"),
};
