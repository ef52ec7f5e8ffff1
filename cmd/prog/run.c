// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* `xh prog run PROG`: runs a program once or often, on data from files. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "args.h"
#include "base/err.h"
#include "base/file.h"
#include "bpf/info.h"
#include "bpf/retval.h"
#include "bpf/testrun.h"
#include "commands.h"
#include "hexdump.h"
#include "xh.h"

struct run_options {
	struct obj_ref prog;
	const char *data_in, *data_out;
	const char *ctx_in, *ctx_out;
	struct cli_u32 data_size_out, ctx_size_out;
	struct cli_u32 repeat;
};

/* "-" stands for standard input and output. */
static bool is_standard(const char *path)
{
	return path && !strcmp(path, "-");
}

static int check_words(const struct run_options *options)
{
	if (is_standard(options->data_in) && is_standard(options->ctx_in))
		return fail_plain(-EINVAL, "data_in and ctx_in cannot both be standard input");
	if (options->data_size_out.given && !options->data_out)
		return fail_plain(-EINVAL, "data_size_out goes with data_out");
	if (options->ctx_size_out.given && !options->ctx_out)
		return fail_plain(-EINVAL, "ctx_size_out goes with ctx_out");
	return 0;
}

/* Anything that can be read will do, pipes too. */
static int read_input(const char *path, struct buf *into)
{
	const char *name = is_standard(path) ? "standard input" : path;
	int err;

	if (!path)
		return 0;
	if (is_standard(path))
		err = file_read_fd(STDIN_FILENO, TESTRUN_INPUT_MAX, into);
	else
		err = file_read_at(AT_FDCWD, path, TESTRUN_INPUT_MAX, into);
	if (err == -EFBIG)
		return fail_plain(err, "%s has more than %zu bytes", name, TESTRUN_INPUT_MAX);
	return err ? fail(err, "read %s", name) : 0;
}

static int save_output(const char *path, const struct testrun_result *result)
{
	if (!path || is_standard(path))
		return 0;
	return file_save(path, buf_str(&result->bytes), result->bytes.len);
}

static void show_result(struct out *out, const struct testrun *run, uint32_t prog_type)
{
	const char *name = retval_name(prog_type, run->retval);
	bool average = run->repeat > 1;

	out_uint(out, "retval", run->timed ? "Return value: %," : "Return value: %", run->retval);
	out_gap(out, " ");
	if (run->timed)
		out_uint(out, "duration", average ? "duration (average): %ns" : "duration: %ns",
			 run->duration_ns);
	out_gap(out, "  ");
	if (name)
		out_str(out, "retval_name", "%", name);
	out_line(out);
}

static void show(struct out *out, const struct testrun *run, const struct run_options *options,
		 uint32_t prog_type)
{
	const struct buf *packet = &run->packet_out.bytes, *context = &run->context_out.bytes;

	out_object(out, NULL);
	if (is_standard(options->data_out))
		hexdump_show(out, "data_out", buf_str(packet), packet->len);
	if (is_standard(options->ctx_out))
		hexdump_show(out, "ctx_out", buf_str(context), context->len);
	show_result(out, run, prog_type);
	out_end(out);
}

static int run(struct xh *xh, const void *words)
{
	const struct run_options *options = words;
	struct obj prog AUTO_OBJ = OBJ_CLOSED;
	struct bpf_prog_info info;
	struct testrun testing AUTO_TESTRUN = {
		.repeat = options->repeat.value,
		.packet_out = { .wanted = options->data_out, .room = options->data_size_out.value },
		.context_out = { .wanted = options->ctx_out, .room = options->ctx_size_out.value },
	};
	int err = check_words(options) ?: obj_open(&options->prog, &prog);

	if (err)
		return err;
	err = info_prog(prog.fd, &info);
	if (err)
		return fail(err, "read what program %u is", prog.id);
	err = read_input(options->data_in, &testing.packet)
		      ?: read_input(options->ctx_in, &testing.context);
	err = err ?: testrun(prog.fd, &info, &testing);
	err = err ?: save_output(options->data_out, &testing.packet_out);
	err = err ?: save_output(options->ctx_out, &testing.context_out);
	if (!err)
		show(xh->out, &testing, options, info.type);
	return err;
}

static const struct arg args[] = {
	{ ARG_PROG(struct run_options, prog), .required = true, .help = "The program" },
	{ "data_in", ARG_FILE(struct run_options, data_in),
	  .help = "The packet that it is run on; - for standard input" },
	{ "data_out", ARG_FILE(struct run_options, data_out),
	  .help = "Where to write the packet as the program leaves it; - shows it" },
	{ "data_size_out", ARG_U32(struct run_options, data_size_out),
	  .help = "Bytes to have room for; more is made if it takes more" },
	{ "ctx_in", ARG_FILE(struct run_options, ctx_in),
	  .help = "The context, such as a struct xdp_md; - for standard input" },
	{ "ctx_out", ARG_FILE(struct run_options, ctx_out),
	  .help = "Where to write the context as the program leaves it; - shows it" },
	{ "ctx_size_out", ARG_U32(struct run_options, ctx_size_out),
	  .help = "Bytes to have room for; more is made if it takes more" },
	{ "repeat", ARG_U32(struct run_options, repeat), .help = "How many times to run it" },
	{ 0 },
};

const struct command prog_run = {
	.name = "run",
	.summary = "Run a program on a packet or a context of your own",
	.args = args,
	.options_size = sizeof(struct run_options),
	.run = run,
	.examples = EXAMPLES("xh prog run name hello data_in packet.bin",
			     "xh prog run name hello data_in packet.bin data_out - repeat 1000"),
};
