// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The standard output and error of one program, for `prog tracelog`. */
#include "prog/streams.h"

#include <errno.h>

#include "args.h"
#include "base/err.h"
#include "bpf/stream.h"
#include "bpf/sys.h"

struct streams_row {
	const char *name;
	enum stream_id id;
};

static const struct streams_row rows[] = {
	{ "stdout", STREAM_STDOUT },
	{ "stderr", STREAM_STDERR },
};

const struct choices streams_choices = CHOICES("STREAM", rows);

static int refused(int err, const struct obj *prog, const struct streams_row *row)
{
	if (err != -EINVAL)
		return fail(err, "read the %s of program %u", row->name, prog->id);
	return fail_plain(err,
			  "this kernel has no %s of programs (EINVAL): Linux 6.17 is the first "
			  "that does",
			  row->name);
}

int streams_show(struct xh *xh, const struct streams_options *options)
{
	struct obj prog AUTO_OBJ = OBJ_CLOSED;
	const char *line;
	size_t len;
	int err;

	if (options->prog.by == OBJ_NONE) {
		fail_plain(-EINVAL, "PROG is missing after '%s'", options->stream->name);
		return cli_hint_spec(&arg_prog);
	}
	err = obj_open(&options->prog, &prog);
	if (err)
		return err;
	struct stream stream AUTO_STREAM = {
		.fd = prog.fd,
		.id = options->stream->id,
		.read = sys_prog_stream_read,
	};
	out_array(xh->out, NULL);
	while (!out_err(xh->out) && (err = stream_line(&stream, &line, &len)) > 0) {
		out_strn(xh->out, NULL, "%", line, len);
		out_line(xh->out);
	}
	out_end(xh->out);
	return err < 0 ? refused(err, &prog, options->stream) : 0;
}
