// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* `xh prog dump jited PROG`: the machine code that the kernel made of a program. */
#include <errno.h>

#include "args.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "commands.h"
#include "prog/jited.h"

struct jited_options {
	struct obj_ref prog;
	const char *file;
	bool opcodes;
	bool linum;
};

struct jited_task {
	const struct jited_options *options;
	struct jited_tools *tools;
};

/* "  1f:" and a tab, four columns or more. */
static void show_offset(struct out *out, uint32_t offset)
{
	char text[] = "        :\t";
	char *at = text + 8;

	out_hexstr(out, "pc", NULL, offset);
	for (uint32_t rest = offset; at == text + 8 || rest; rest >>= 4)
		*--at = "0123456789abcdef"[rest & 15];
	out_text(out, at < text + 4 ? at : text + 4);
}

static void show_opcodes(struct out *out, const uint8_t *bytes, size_t len)
{
	char text[3 * UINT8_MAX + 1], *at = text;

	out_bytes(out, "opcodes", NULL, bytes, len);
	for (size_t i = 0; i < len; i++) {
		*at++ = "0123456789abcdef"[bytes[i] >> 4];
		*at++ = "0123456789abcdef"[bytes[i] & 15];
		*at++ = ' ';
	}
	*at = '\0';
	out_text(out, "\n\t");
	out_text(out, text);
}

static void show_operands(const struct jited *jited, const struct native_insn *insn,
			  const char *operands, struct buf *name)
{
	struct native_operand parts[NATIVE_OPERANDS_MAX];
	size_t n = native_split(operands, parts);
	struct out *out = jited->dump->out;

	buf_clear(name);
	if (n && insn->branches && image_name(&jited->image, jited->ksyms, insn->target, name))
		parts[n - 1] = (struct native_operand){ buf_str(name), name->len };
	out_list(out, "operands", n ? "\t" : NULL);
	for (size_t i = 0; i < n; i++)
		out_strn(out, NULL, i ? " %" : "%", parts[i].text, parts[i].len);
	/* bpftool has a null for an instruction without operands, and scripts may look for it. */
	if (!n)
		out_token(out, NULL, NULL, "null");
	out_end(out);
}

static void show_code(const struct jited *jited, const struct image_function *function,
		      const struct jited_options *options)
{
	struct jited_lines lines = jited_lines(jited->dump->detail, function);
	const struct native_code *code = &function->code;
	struct out *out = jited->dump->out;
	struct buf name AUTO_BUF = BUF_EMPTY;

	vec_each (insn, &code->insns) {
		const struct bpf_line_info *line =
			jited_line(&lines, function->address + insn->offset);

		out_object(out, NULL);
		if (line)
			dump_source(jited->dump, line, options->linum);
		show_offset(out, insn->offset);
		out_str(out, "operation", "%", native_mnemonic(code, insn));
		show_operands(jited, insn, native_operands(code, insn), &name);
		if (options->opcodes)
			show_opcodes(out, (const uint8_t *)function->bytes + insn->offset,
				     insn->len);
		out_line(out);
		out_end(out);
	}
}

static void show_function(const struct jited *jited, uint32_t index,
			  const struct jited_options *options)
{
	const struct image_function *function = &jited->image.functions.v[index];
	struct out *out = jited->dump->out;

	out_object(out, NULL);
	dump_proto(jited->dump, index);
	out_str(out, "name", "%:", buf_str(&function->name));
	out_line(out);
	out_array(out, "insns");
	out_gap(out, "");
	show_code(jited, function, options);
	out_gap(out, "  ");
	out_end(out);
	out_end(out);
	out_blank(out);
}

static int dump_one(struct dump *dump, const void *context)
{
	const struct jited_task *task = context;
	struct jited jited AUTO_JITED = { 0 };
	int err = jited_open(dump, task->tools, &jited);

	if (err)
		return err;
	out_array(dump->out, dump->key);
	for (uint32_t i = 0; i < jited.image.functions.n && !out_err(dump->out); i++)
		show_function(&jited, i, task->options);
	out_end(dump->out);
	return 0;
}

static int save(const struct jited_options *options)
{
	struct info_prog_detail detail AUTO_DETAIL = { 0 };
	int err = dump_open_one(&options->prog, INFO_JITED, &detail);

	err = err ?: jited_check(&detail);
	return err ?: file_save(options->file, detail.jited, detail.jited_size);
}

static int show(struct xh *xh, const struct jited_options *options)
{
	struct jited_tools tools AUTO_JITED_TOOLS = { 0 };
	const struct jited_task task = { options, &tools };
	const struct dump_task each = { &options->prog, INFO_JITED, dump_one, &task };

	return dump_each(xh, &each);
}

static int run(struct xh *xh, const void *words)
{
	const struct jited_options *options = words;

	if (options->file && (options->opcodes || options->linum))
		return fail_plain(-EINVAL, "a file gets the bytes alone: 'opcodes' and 'linum' "
					   "do not go with 'file'");
	return options->file ? save(options) : show(xh, options);
}

const struct command prog_dump_jited = {
	.name = "jited",
	.summary = "Show the machine code of a program",
	.args = (const struct arg[]){
		{ ARG_PROG(struct jited_options, prog), .required = true, .help = "The program" },
		{ .keyword = "file", ARG_FILE(struct jited_options, file),
		  .help = "Write the bytes to a file instead" },
		{ .keyword = "opcodes", ARG_FLAG(struct jited_options, opcodes),
		  .help = "Show the bytes of each instruction too" },
		{ .keyword = "linum", ARG_FLAG(struct jited_options, linum),
		  .help = "Show file, line and column of source lines" },
		{ 0 },
	},
	.options_size = sizeof(struct jited_options),
	.run = run,
	.examples = EXAMPLES("xh prog dump jited name hello",
			     "xh prog dump jited name hello opcodes"),
};
