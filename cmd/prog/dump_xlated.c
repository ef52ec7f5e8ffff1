// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* `xh prog dump xlated PROG`: the instructions as the verifier left them. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "args.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "commands.h"
#include "insn.h"
#include "prog/xlated.h"

struct xlated_options {
	struct obj_ref prog;
	const char *file;
	struct insn_show show;
	bool visual;
};

static void dump_insns(struct xlated *xlated, struct insn_show show, struct buf *text)
{
	const struct info_prog_detail *detail = xlated->dump->detail;
	struct out *out = xlated->dump->out;
	uint32_t func = 0, line = 0;

	for (uint32_t i = 0; i < detail->xlated_count && !out_err(out);) {
		out_object(out, NULL);
		if (func < detail->func_count && detail->funcs[func].insn_off == i)
			dump_proto(xlated->dump, func++);
		if (line < detail->line_count && detail->lines[line].insn_off == i)
			dump_source(xlated->dump, &detail->lines[line++], show.linum);
		i += insn_out(out, &xlated->disasm, i, show.opcodes, text);
		out_end(out);
	}
}

static int check(const struct info_prog_detail *detail)
{
	if (detail->xlated_count)
		return 0;
	fail_plain(-EPERM, "the kernel keeps the instructions of program %u back (EPERM)",
		   detail->info.id);
	return fail_hint("reading them needs CAP_BPF and CAP_PERFMON; try with sudo");
}

static int dump_one(struct dump *dump, const void *words)
{
	const struct xlated_options *options = words;
	struct buf text AUTO_BUF = BUF_EMPTY;
	struct xlated xlated AUTO_XLATED = { 0 };
	int err = check(dump->detail) ?: xlated_open(dump, &xlated);

	if (err)
		return err;
	if (options->visual)
		return xlated_graph(&xlated, options->show);
	out_array(dump->out, dump->key);
	out_gap(dump->out, "");
	dump_insns(&xlated, options->show, &text);
	out_gap(dump->out, "  ");
	out_end(dump->out);
	return buf_err(&text);
}

static int save(const struct xlated_options *options)
{
	struct info_prog_detail detail AUTO_DETAIL = { 0 };
	int err = dump_open_one(&options->prog, INFO_XLATED, &detail) ?: check(&detail);

	if (err)
		return err;
	return file_save(options->file, detail.xlated,
			 detail.xlated_count * sizeof(*detail.xlated));
}

static int run(struct xh *xh, const void *words)
{
	const struct xlated_options *options = words;
	const struct dump_task task = { &options->prog, INFO_XLATED, dump_one, options };

	if (options->file && (options->visual || options->show.opcodes || options->show.linum))
		return fail_plain(-EINVAL, "a file gets the bytes alone: 'opcodes', 'linum' and "
					   "'visual' do not go with 'file'");
	return options->file ? save(options) : dump_each(xh, &task);
}

const struct command prog_dump_xlated = {
	.name = "xlated",
	.summary = "Show BPF instructions as the verifier left them",
	.args =
		(const struct arg[]){
			{ ARG_PROG(struct xlated_options, prog), .required = true,
			  .help = "The program" },
			{ .keyword = "file",
			  ARG_FILE(struct xlated_options, file),
			  .help = "Write the bytes to a file instead" },
			{ .keyword = "opcodes",
			  ARG_FLAG(struct xlated_options, show.opcodes),
			  .help = "Show the bytes of each instruction too" },
			{ .keyword = "linum",
			  ARG_FLAG(struct xlated_options, show.linum),
			  .help = "Show file, line and column of source lines" },
			{ .keyword = "visual",
			  ARG_FLAG(struct xlated_options, visual),
			  .help = "Draw the control flow as a graph (DOT)" },
			{ 0 },
		},
	.options_size = sizeof(struct xlated_options),
	.run = run,
	.examples = EXAMPLES("xh prog dump xlated name hello",
			     "xh prog dump xlated name hello visual"),
};
