// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What the dumps of BPF instructions and of machine code share. */
#include "prog/dump.h"

#include <ctype.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/err.h"
#include "btf/decl.h"
#include "btf/types.h"
#include "prog/identity.h"

void dump_proto_text(const struct dump *dump, uint32_t index, struct buf *text)
{
	buf_clear(text);
	if (dump->btf && index < dump->detail->func_count)
		(void)decl_func(dump->btf, dump->detail->funcs[index].type_id, text);
}

void dump_proto(const struct dump *dump, uint32_t index)
{
	struct buf proto AUTO_BUF = BUF_EMPTY;

	dump_proto_text(dump, index, &proto);
	if (!proto.len)
		return;
	out_line(dump->out);
	out_strn(dump->out, "proto", "%:", buf_str(&proto), proto.len);
	out_line(dump->out);
}

const char *dump_source_text(const struct dump *dump, const struct bpf_line_info *line)
{
	const char *source = dump->btf ? types_string(dump->btf, line->line_off) : NULL;

	while (source && isspace((unsigned char)*source))
		source++;
	return source;
}

void dump_source_place(const struct dump *dump, const struct bpf_line_info *line)
{
	uint32_t number = BPF_LINE_INFO_LINE_NUM(line->line_col);
	uint32_t column = BPF_LINE_INFO_LINE_COL(line->line_col);
	struct out *out = dump->out;

	out_str(out, "file", " [file:%", types_string(dump->btf, line->file_name_off));
	out_uint(out, number ? "line_num" : NULL, " line_num:%", number);
	out_uint(out, column ? "line_col" : NULL, " line_col:%]", column);
}

void dump_source(const struct dump *dump, const struct bpf_line_info *line, bool linum)
{
	const char *source = dump_source_text(dump, line);

	if (!source)
		return;
	out_str(dump->out, "src", "; %", source);
	if (linum)
		dump_source_place(dump, line);
	out_line(dump->out);
}

bool dump_symbol(const struct dump *dump, uint32_t index, struct buf *text)
{
	const struct info_prog_detail *detail = dump->detail;
	const uint8_t *tag = detail->info.tag;
	const char *name = dump->name;

	/* The first function goes by the tag of the whole; without BTF the others are all "F". */
	if (index >= detail->tag_count && index)
		return false;
	if (index) {
		tag = detail->tags[index];
		name = "F";
	}
	if (dump->btf && index < detail->func_count)
		name = types_name(dump->btf, detail->funcs[index].type_id);
	buf_addstr(text, "bpf_prog_");
	for (size_t i = 0; i < BPF_TAG_SIZE; i++)
		buf_printf(text, "%02x", tag[i]);
	if (*name)
		buf_printf(text, "_%s", name);
	return true;
}

/* A program whose BTF cannot be had is dumped all the same, without names and source. */
static struct btf *load_btf(uint32_t id)
{
	struct btf *btf = NULL;

	if (id && types_load(id, &btf))
		fail_clear();
	return btf;
}

static int dump_one(struct xh *xh, const struct dump_task *task, const struct obj *prog,
		    bool headed)
{
	struct info_prog_detail detail AUTO_DETAIL = { 0 };
	struct dump dump = { .out = xh->out, .detail = &detail };
	int err = info_prog_detail(prog->fd, task->parts | INFO_FUNCS | INFO_LINES, &detail);

	if (err)
		return err;
	AUTO(types) struct btf *btf = load_btf(detail.info.btf_id);
	dump.btf = btf;
	progname_full(prog->fd, &detail.info, dump.name);
	if (!headed)
		return task->one(&dump, task->options);
	out_object(xh->out, NULL);
	identity_show(xh->out, prog->fd, &detail.info);
	dump.key = "insns";
	err = task->one(&dump, task->options);
	out_end(xh->out);
	return err;
}

int dump_each(struct xh *xh, const struct dump_task *task)
{
	struct objs progs AUTO_OBJS = { 0 };
	int err = obj_open_all(task->ref, &progs);
	bool headed = progs.n > 1;

	if (headed)
		out_array(xh->out, NULL);
	for (size_t i = 0; !err && i < progs.n; i++) {
		if (i)
			out_blank(xh->out);
		err = dump_one(xh, task, &progs.v[i], headed);
	}
	if (headed)
		out_end(xh->out);
	return err;
}

int dump_open_one(const struct obj_ref *ref, unsigned int parts, struct info_prog_detail *detail)
{
	struct obj prog AUTO_OBJ = OBJ_CLOSED;

	return obj_open(ref, &prog) ?: info_prog_detail(prog.fd, parts, detail);
}
