// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* `xh object dump FILE`: the instructions of an object file between their source lines. */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "args.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"
#include "bpf/elf_btf.h"
#include "btf/decl.h"
#include "btf/types.h"
#include "commands.h"
#include "elf/elf_core.h"
#include "insn.h"
#include "object/code.h"
#include "object/source.h"
#include "xh.h"

struct dump_options {
	const char *file;
	const char *prog;
	struct insn_show show;
};

struct dump {
	struct out *out;
	const struct elf *elf;
	const struct btf *btf; /* NULL when the file has none */
	struct elf_functions functions;
	struct insn_show show;
	const struct elf_line *last; /* that was shown */
	struct buf text;             /* scratch */
};

static void show_proto(struct dump *dump, uint32_t type_id)
{
	buf_clear(&dump->text);
	if (!dump->btf || !type_id || decl_func(dump->btf, type_id, &dump->text))
		return;
	out_str(dump->out, "proto", "%:", buf_str(&dump->text));
	out_line(dump->out);
}

/* A source line, once; with its columns, as often as there are. */
static void show_line(struct dump *dump, const struct elf_line *line)
{
	const struct elf_line *last = dump->last;
	const char *text = line->text;

	dump->last = line;
	if (last && !dump->show.linum && last->number == line->number &&
	    !strcmp(last->file, line->file))
		return;
	while (isspace((unsigned char)*text))
		text++;
	out_str(dump->out, "src", "; %", text);
	if (dump->show.linum) {
		out_str(dump->out, "file", " [file:%", line->file);
		out_uint(dump->out, "line_num", " line_num:%", line->number);
		out_uint(dump->out, "line_col", " line_col:%]", line->column);
	}
	out_line(dump->out);
}

/* What the loader is to put right for the kernel it finds. */
static void show_core(struct dump *dump, const struct code *code, size_t index)
{
	const struct elf_core *core =
		elf_lines_core(&code->lines, index * sizeof(struct bpf_insn));
	struct out *out = dump->out;

	if (!core)
		return;
	buf_clear(&dump->text);
	elf_core_path(&code->lines.btf, core, &dump->text);
	out_object(out, "core");
	out_str(out, "kind", "  ; CO-RE %", elf_core_kind(core->kind) ?: "unknown");
	out_str(out, "path", " %", buf_str(&dump->text));
	out_str(out, "access", NULL, core->access);
	out_end(out);
}

static size_t show_insn(struct dump *dump, const struct code *code, size_t index)
{
	const struct elf_reloc *reloc = code_reloc(code, index);
	char number[INSN_NUMBER_MAX];
	size_t slots;

	buf_clear(&dump->text);
	slots = code_text(code, index, &dump->text);
	out_text(dump->out, insn_number(index, number));
	out_strn(dump->out, "disasm", "%", buf_str(&dump->text), dump->text.len);
	if (reloc)
		out_str(dump->out, "symbol", NULL, reloc->name);
	show_core(dump, code, index);
	out_line(dump->out);
	if (dump->show.opcodes)
		insn_opcodes(dump->out, &code->insns[index], slots);
	out_line(dump->out);
	return slots;
}

static void show_insns(struct dump *dump, const struct code *code,
		       const struct elf_function *function)
{
	size_t index = function->offset / sizeof(struct bpf_insn);
	size_t end = index + function->size / sizeof(struct bpf_insn);
	size_t line = 0;

	dump->last = NULL;
	while (index < end && !out_err(dump->out)) {
		uint64_t offset = index * sizeof(struct bpf_insn);

		out_object(dump->out, NULL);
		if (offset == function->offset)
			show_proto(dump, elf_lines_func(&code->lines, offset));
		while (line < code->lines.lines.n && code->lines.lines.v[line].offset < offset)
			line++;
		if (line < code->lines.lines.n && code->lines.lines.v[line].offset == offset)
			show_line(dump, &code->lines.lines.v[line]);
		index += show_insn(dump, code, index);
		out_end(dump->out);
	}
}

static void show_function(struct dump *dump, const struct code *code,
			  const struct elf_function *function)
{
	struct out *out = dump->out;

	out_object(out, NULL);
	out_str(out, "section", "section %", dump->elf->sections[function->section].name);
	out_str(out, "name", "  function %", function->name);
	out_uint(out, "offset", "  offset %", function->offset);
	out_uint(out, "bytes", "  size %B", function->size);
	out_flag(out, "static", "  static", !function->global);
	out_line(out);
	out_array(out, "insns");
	show_insns(dump, code, function);
	out_end(out);
	out_end(out);
}

/* Shows the functions of one section, or the one of them that has the name `only`. */
static int show_section(struct dump *dump, uint32_t section, const char *only, size_t *shown)
{
	struct code code AUTO_CODE = { 0 };
	int err = code_open(dump->elf, &dump->functions, section, &code);

	if (err)
		return err;
	vec_each (function, &dump->functions) {
		if (function->section != section || (only && strcmp(function->name, only)))
			continue;
		if ((*shown)++)
			out_blank(dump->out);
		show_function(dump, &code, function);
	}
	return 0;
}

static int check_name(const struct dump *dump, const char *name)
{
	const char *near = NULL;

	vec_each (function, &dump->functions) {
		if (!strcmp(function->name, name))
			return 0;
		if (text_near(name, function->name))
			near = function->name;
	}
	fail_missing("%s: has no function named '%s'", dump->elf->name, name);
	return near ? fail_hint("did you mean '%s'?", near) : -ENOENT;
}

static int show_all(struct dump *dump, const char *only)
{
	size_t shown = 0;
	int err = elf_functions(dump->elf, &dump->functions);

	if (!err && only)
		err = check_name(dump, only);
	if (err)
		return err;
	out_array(dump->out, NULL);
	out_gap(dump->out, "");
	for (uint32_t i = 1; !err && i < dump->elf->section_count; i++) {
		if (elf_is_code(&dump->elf->sections[i]))
			err = show_section(dump, i, only, &shown);
	}
	out_gap(dump->out, "  ");
	out_end(dump->out);
	return err ?: buf_err(&dump->text);
}

static int run(struct xh *xh, const void *words)
{
	const struct dump_options *options = words;
	const struct objfile_source source = source_of(xh, options->file);
	struct elf elf AUTO_ELF = { 0 };
	AUTO(types) struct btf *btf = NULL;
	struct dump dump = { .out = xh->out, .elf = &elf, .show = options->show };
	int err = source.bytes ? elf_parse(source.path, source.bytes, source.size, &elf) :
				 elf_read(source.path, &elf);

	if (err)
		return source_refused(options->file, err);
	btf = elf_btf(&elf);
	dump.btf = btf;
	err = show_all(&dump, options->prog);
	vec_free(&dump.functions);
	buf_free(&dump.text);
	return err;
}

const struct command object_dump = {
	.name = "dump",
	.summary = "Show the instructions of an object file",
	.args = (const struct arg[]){
		{ ARG_FILE(struct dump_options, file), .required = true, .help = "The object file" },
		{ .keyword = "prog", ARG_WORD(struct dump_options, prog), .metavar = "NAME",
		  .help = "This function alone" },
		{ .keyword = "opcodes", ARG_FLAG(struct dump_options, show.opcodes),
		  .help = "Show the bytes of each instruction too" },
		{ .keyword = "linum", ARG_FLAG(struct dump_options, show.linum),
		  .help = "Show file, line and column of source lines" },
		{ 0 },
	},
	.options_size = sizeof(struct dump_options),
	.run = run,
	.examples = EXAMPLES("xh object dump hello", "xh object dump hello prog hello opcodes"),
};
