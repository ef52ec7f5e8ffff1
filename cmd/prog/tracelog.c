// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* `xh prog tracelog`: what programs print, followed until interrupted; or the streams of one. */
#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include "args.h"
#include "base/buf.h"
#include "base/err.h"
#include "commands.h"
#include "interrupt.h"
#include "prog/printed.h"
#include "prog/streams.h"
#include "trace/filter.h"
#include "trace/flags.h"
#include "trace/line.h"
#include "trace/log.h"
#include "trace/page.h"
#include "xh.h"

AUTO_DEFINE(log, struct trace_log *, NULL, trace_log_close)

/* Where to begin. */
struct since {
	const char *name;
	bool boot;
};

static const struct since sinces[] = { { "boot", true }, { "now", false } };
static const struct choices since_choices = CHOICES("SINCE", sinces);

struct tracelog_options {
	struct streams_options streams;
	struct printed_progs progs;
	const struct since *since;
	struct cli_u32 pid;
	const char *comm;
	const char *grep;
	bool ndjson;
	bool global;
};

/* What is followed, and how it is shown. */
struct following {
	struct trace_log *log;
	int (*show)(struct xh *xh, struct trace_log *log); /* all that is there */
};

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

static void show_record(struct out *out, const struct trace_record *record)
{
	char flags[TRACE_FLAGS_LEN];

	out_object(out, NULL);
	out_uint(out, "timestamp_ns", NULL, record->ts_ns);
	out_uint(out, "cpu", NULL, record->cpu);
	if (record->lost) {
		out_uint(out, "lost", NULL, record->lost);
	} else {
		trace_flags_write(flags, record);
		out_int(out, "pid", NULL, record->pid);
		out_str(out, "comm", NULL, record->comm);
		out_strn(out, "flags", NULL, flags, sizeof(flags));
		out_strn(out, "message", NULL, record->message, trace_line_message_len(record));
	}
	out_end(out);
}

static int show_records(struct xh *xh, struct trace_log *log)
{
	struct trace_record record;
	int err;

	while ((err = trace_log_next_record(log, &record)) > 0)
		show_record(xh->out, &record);
	return err;
}

/* To write on is what fails: an empty line, the end of the array. Records end with nothing. */
static int end_without_reader(struct xh *xh, const struct following *following)
{
	if (following->show == show_records)
		return fail(-EPIPE, "write to standard output");
	out_blank(xh->out);
	return 0;
}

static int follow(struct xh *xh, const struct following *following, int interrupt)
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
		err = trace_log_wait(following->log, ends, watched);
		if (err > 0) {
			err = following->show(xh, following->log);
		} else if (err != -EINTR) {
			return err;
		} else if (ends[INTERRUPT].revents) {
			/* What was recorded before is still shown. */
			watched = 0;
			err = trace_log_stop(following->log);
		} else {
			return end_without_reader(xh, following);
		}
		if (err)
			return err;
	}
	return 0;
}

static int open_log(struct trace_log **log, const struct trace_log_options *options)
{
	int err = trace_log_open(log, options);

	if ((err == -EPERM || err == -EACCES) && geteuid())
		return fail_hint("try: sudo xh prog tracelog");
	if (options->shared && err == -EBUSY)
		return fail_hint("only one can read it: end that process, or leave out --global");
	if (err == -EOPNOTSUPP)
		return fail_hint(options->shared ? "leave out --global"
						 : "this kernel has but that: leave out prog, pid, "
						   "comm, grep and --ndjson");
	return err;
}

static int follow_all(struct xh *xh, const struct tracelog_options *options)
{
	struct trace_shapes shapes AUTO_TRACE_SHAPES = { 0 };
	struct trace_filter filter AUTO_TRACE_FILTER = {
		.by_pid = options->pid.given,
		.pid = options->pid.value,
		.comm = options->comm,
		.grep = options->grep,
		.shapes = options->progs.count ? &shapes : NULL,
	};
	const struct trace_log_options what = {
		.shared = options->global,
		.records = options->ndjson,
		.since_boot = options->since && options->since->boot,
		.filter = &filter,
	};
	AUTO(log) struct trace_log *log = NULL;
	int err = printed_shapes(&options->progs, &shapes) ?: trace_filter_open(&filter);
	int interrupt = err ?: interrupt_catch();

	err = interrupt < 0 ? interrupt : open_log(&log, &what);
	if (err)
		return err;
	if (options->ndjson)
		return follow(xh, &(struct following){ log, show_records }, interrupt);
	out_array(xh->out, NULL);
	err = follow(xh, &(struct following){ log, show_lines }, interrupt);
	out_end(xh->out);
	return err;
}

/* The operand that cannot go with another one; NULL when all is well. */
static const char *extra_to_stream(const struct tracelog_options *options)
{
	if (options->progs.count)
		return "prog";
	if (options->since)
		return "since";
	if (options->pid.given)
		return "pid";
	if (options->comm)
		return "comm";
	if (options->grep)
		return "grep";
	if (options->global)
		return "--global";
	return options->ndjson ? "--ndjson" : NULL;
}

static int run(struct xh *xh, const void *words)
{
	const struct tracelog_options *options = words;
	const char *extra = extra_to_stream(options);

	if (options->streams.stream && extra)
		return fail_plain(-EINVAL, "'%s' does not go with a stream, which has lines alone",
				  extra);
	if (options->global && options->since && !options->since->boot)
		return fail_plain(-EINVAL, "'since now' does not go with --global, which begins "
					   "with what waits in the trace_pipe");
	if (options->ndjson)
		out_lines(xh->out);
	return options->streams.stream ? streams_show(xh, &options->streams)
				       : follow_all(xh, options);
}

static const struct arg args[] = {
	{ ARG_CHOICE(struct tracelog_options, streams.stream, struct streams_row, &streams_choices),
	  .help = "Instead: show, and take out, what is in this stream of one program" },
	{ ARG_PROG(struct tracelog_options, streams.prog), .help = "The program" },
	{ "prog", .type = &printed_progs, .repeats = true,
	  .slot = SLOT(struct tracelog_options, progs, struct printed_progs),
	  .help = "Only what a format string of that program can have made" },
	{ "pid", ARG_U32(struct tracelog_options, pid), .metavar = "TID",
	  .help = "Only what is printed while this thread runs" },
	{ "comm", ARG_WORD(struct tracelog_options, comm), .metavar = "GLOB",
	  .help = "Only while threads of such a name run" },
	{ "grep", ARG_WORD(struct tracelog_options, grep), .metavar = "REGEX",
	  .help = "Only messages that this extended regular expression is found in" },
	{ "since", ARG_CHOICE(struct tracelog_options, since, struct since, &since_choices),
	  .help = "Begin with what was printed before, as far as it is still there, or with what "
		  "is printed from now on" },
	{ "--ndjson", ARG_FLAG(struct tracelog_options, ndjson),
	  .help = "Each record as a JSON object on a line of its own" },
	{ "--global", ARG_FLAG(struct tracelog_options, global),
	  .help = "Take the lines out of the trace_pipe that all share" },
	{ 0 },
};

const struct command prog_tracelog = {
	.name = "tracelog",
	.summary = "Follow what programs print, until interrupted",
	.args = args,
	.options_size = sizeof(struct tracelog_options),
	.run = run,
	.examples = EXAMPLES("xh prog tracelog", "xh prog tracelog prog name hello since boot",
			     "xh prog tracelog comm 'nginx*' grep 'drop|reset' --ndjson"),
};
