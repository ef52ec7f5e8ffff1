// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* `xh object show FILE`: what is in a BPF object file, without root and without loading it. */
#include <linux/bpf.h>
#include <stdint.h>

#include "args.h"
#include "base/buf.h"
#include "base/err.h"
#include "bpf/attachtype.h"
#include "bpf/globals.h"
#include "bpf/names.h"
#include "bpf/objfile.h"
#include "bpf/sections.h"
#include "btf/decl.h"
#include "btf/plan.h"
#include "btf/render.h"
#include "commands.h"
#include "debug.h"
#include "object/source.h"
#include "xh.h"

struct show_options {
	const char *file;
};

static void show_file(struct out *out, const struct elf *elf)
{
	char license[ELF_LICENSE_SIZE];
	const char *compiler = elf_compiler(elf);

	elf_license(elf, license);
	out_str(out, "file", "%:", elf->name);
	out_str(out, "format", "% BPF object", "ELF 64-bit " ELF_BYTE_ORDER);
	out_uint(out, "bytes", "size %B", elf->size);
	out_bool(out, "btf", NULL, elf_section(elf, ".BTF"));
	out_str(out, NULL, "btf %", elf_section(elf, ".BTF") ? "yes" : "no");
	out_line(out);
	out_indent(out, 1);
	if (compiler)
		out_str(out, "compiler", "compiler %", compiler);
	out_line(out);
	out_str(out, "license", NULL, license);
	out_str(out, NULL, "license %", *license ? license : "(none)");
	if (elf_kernel_version(elf))
		out_uint(out, "kernel_version", "kernel_version %", elf_kernel_version(elf));
	out_line(out);
	out_indent(out, 0);
}

/* Opens a list; in text a heading, unless it is empty. */
static void begin_list(struct out *out, const char *key, const char *heading, size_t count)
{
	out_array(out, key);
	if (!count)
		return;
	out_text(out, heading);
	out_line(out);
	out_indent(out, 1);
}

static void end_list(struct out *out)
{
	out_end(out);
	out_indent(out, 0);
}

static void show_progs(struct out *out, const struct objfile *file)
{
	begin_list(out, "programs", "programs:", file->progs.n);
	vec_each (prog, &file->progs) {
		const char *attach_type = attachtype_name(prog->attach_type);
		char scratch[NAMES_SCRATCH];

		out_object(out, NULL);
		out_str(out, "name", "%", prog->name);
		out_str(out, "section", "section %", prog->section);
		out_str(out, "type", "type %", names_prog_type_or_number(prog->type, scratch));
		if (prog->type == BPF_PROG_TYPE_UNSPEC && sections_nearest(prog->section))
			out_str(out, "nearest_section", "(did you mean SEC(\"%\")?)",
				sections_nearest(prog->section));
		if (attach_type && attachtype_is_told(prog->type, prog->attach_type))
			out_str(out, "attach_type", "attach_type %", attach_type);
		out_uint(out, "insns", "insns %", prog->insn_count);
		out_flag(out, "optional", "optional", prog->optional);
		out_line(out);
		out_end(out);
	}
	end_list(out);
}

static void show_maps(struct out *out, const struct objfile *file)
{
	begin_list(out, "maps", "maps:", file->maps.n);
	vec_each (map, &file->maps) {
		char scratch[NAMES_SCRATCH];

		out_object(out, NULL);
		out_str(out, "name", "%", map->name);
		out_str(out, "type", "type %", names_map_type_or_number(map->type, scratch));
		out_uint(out, "bytes_key", "key %B", map->key_size);
		out_uint(out, "bytes_value", "value %B", map->value_size);
		out_uint(out, "max_entries", "max_entries %", map->max_entries);
		out_hex(out, "flags", "flags %", map->flags);
		if (map->pin_path)
			out_str(out, "pin", "pin %", map->pin_path);
		out_line(out);
		out_end(out);
	}
	end_list(out);
}

/* What the variable begins as, by its type; what has no plan is left out. */
static void show_value(struct out *out, const struct btf *btf, const struct global *global)
{
	static const unsigned char zeros[sizeof(uint64_t)];
	AUTO(plan) struct plan *plan = NULL;

	if (!global->value && global->size > sizeof(zeros)) {
		out_flag(out, "zeros", "= {0}", true);
		return;
	}
	plan = plan_new(btf, global->type_id, global->size, "value");
	if (!plan) {
		fail_clear();
		return;
	}
	out_text(out, "  = ");
	out_typed(out);
	render(out, plan, global->value ?: zeros);
	out_end(out);
}

static int show_globals(struct out *out, const struct objfile *file)
{
	struct globals globals = { 0 };
	struct buf type AUTO_BUF = BUF_EMPTY;
	int err = globals_read(file, &globals);

	begin_list(out, "globals", "globals:", globals.n);
	vec_each (global, &globals) {
		buf_clear(&type);
		(void)decl_type(objfile_btf(file), global->type_id, &type);
		out_object(out, NULL);
		out_str(out, "name", "%", global->name);
		out_str(out, "type", "type %", buf_str(&type));
		out_str(out, "section", "section %", global->section);
		out_uint(out, "bytes", "size %B", global->size);
		out_flag(out, "static", "static", global->is_static);
		show_value(out, objfile_btf(file), global);
		out_line(out);
		out_end(out);
	}
	end_list(out);
	vec_free(&globals);
	return err ?: buf_err(&type);
}

static int run(struct xh *xh, const void *words)
{
	const struct show_options *options = words;
	const struct objfile_source source = source_of(xh, options->file);
	struct objfile file AUTO_OBJFILE = { 0 };
	int err = objfile_open(&source, &file);

	debug_show(xh, buf_str(&file.messages.all));
	if (err)
		return source_refused(options->file, err);
	out_object(xh->out, NULL);
	show_file(xh->out, &file.elf);
	show_progs(xh->out, &file);
	show_maps(xh->out, &file);
	err = show_globals(xh->out, &file);
	out_end(xh->out);
	return err;
}

const struct command object_show = {
	.name = "show",
	.alias = "list",
	.summary = "Show what is in an object file",
	.args = (const struct arg[]){
		{ ARG_FILE(struct show_options, file), .required = true, .help = "The object file" },
		{ 0 },
	},
	.options_size = sizeof(struct show_options),
	.run = run,
	.examples = EXAMPLES("xh object show hello", "xh -j object show filter.bpf.o"),
};
