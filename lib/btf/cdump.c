// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The types of BTF as a C header: libbpf's dumper, and the frame around what it says. */
#include "btf/cdump.h"

#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#include "base/buf.h"
#include "base/cleanup.h"
#include "base/err.h"
#include "base/file.h"
#include "bpf/messages.h"
#include "btf/ckfuncs.h"
#include "btf/corder.h"
#include "btf/types.h"
#include "out/out.h"
#include "rawbtf/check.h"
#include "rawbtf/check_c.h"
#include "rawbtf/rawbtf.h"

AUTO_DEFINE(btf_dump, struct btf_dump *, NULL, btf_dump__free)

/* Programs that include this name what is in it by CO-RE; the words are bpftool's since 7.6. */
static const char head[] = "#ifndef __VMLINUX_H__\n"
			   "#define __VMLINUX_H__\n"
			   "\n"
			   "#ifndef BPF_NO_PRESERVE_ACCESS_INDEX\n"
			   "#pragma clang attribute push "
			   "(__attribute__((preserve_access_index)), apply_to = record)\n"
			   "#endif\n"
			   "\n"
			   "#ifndef __ksym\n"
			   "#define __ksym __attribute__((section(\".ksyms\")))\n"
			   "#endif\n"
			   "\n"
			   "#ifndef __weak\n"
			   "#define __weak __attribute__((weak))\n"
			   "#endif\n"
			   "\n"
			   "#ifndef __bpf_fastcall\n"
			   "#if __has_attribute(bpf_fastcall)\n"
			   "#define __bpf_fastcall __attribute__((bpf_fastcall))\n"
			   "#else\n"
			   "#define __bpf_fastcall\n"
			   "#endif\n"
			   "#endif\n"
			   "\n";

static const char tail[] = "#ifndef BPF_NO_PRESERVE_ACCESS_INDEX\n"
			   "#pragma clang attribute pop\n"
			   "#endif\n"
			   "\n"
			   "#endif /* __VMLINUX_H__ */\n";

/* What the dumper is told to write to. */
struct sink {
	struct out *out;
	struct buf text; /* that has not been emitted */
};

#define KEPT_BYTES 4096

/* Emits the lines that are whole, escaped like all that is from outside. */
static void emit(struct sink *sink)
{
	const char *line = buf_str(&sink->text), *end;
	size_t left;

	while ((end = strchr(line, '\n'))) {
		out_strn(sink->out, NULL, "%", line, (size_t)(end - line));
		out_line(sink->out);
		line = end + 1;
	}
	left = strlen(line);
	if (left)
		memmove(sink->text.data, line, left + 1);
	sink->text.len = left;
}

__attribute__((format(printf, 2, 0))) static void write_piece(void *context, const char *format,
							      va_list args)
{
	struct sink *sink = context;
	size_t before = sink->text.len;

	/* libbpf 1.1 has "()", which in C says nothing of parameters. */
	if (!strcmp(format, ")") && sink->text.len && sink->text.data[sink->text.len - 1] == '(')
		buf_addstr(&sink->text, "void");
	buf_vprintf(&sink->text, format, args);
	if (sink->text.len >= KEPT_BYTES && strchr(sink->text.data + before, '\n'))
		emit(sink);
}

/* libbpf 1.1 declares btf__new_split(), but does not export it. */
static struct btf *parse_split(const struct cdump *from, struct btf *base)
{
	auto_fd int fd = memfd_create("btf", MFD_CLOEXEC);
	char path[32];
	int err = fd < 0 ? -errno : file_write(fd, from->data, from->size);

	if (err) {
		errno = -err;
		return NULL;
	}
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	return btf__parse_raw_split(path, base);
}

static struct btf *parse(const struct cdump *from, struct btf *base)
{
	struct btf *btf =
		base ? parse_split(from, base) : btf__new(from->data, (uint32_t)from->size);

	if (btf && from->pointer_size)
		btf__set_pointer_size(btf, from->pointer_size);
	return btf;
}

static int dump_types(struct btf_dump *dump, const struct cdump *from,
		      const struct cdump_choice *choice)
{
	size_t count = choice->count ?: from->raw->count - 1;
	bool sorted = !choice->count && !choice->unsorted;
	auto_free uint32_t *order = sorted ? corder_new(from->raw) : NULL;
	const uint32_t *ids = choice->count ? choice->ids : order;

	if (sorted && !order)
		return -ENOMEM;
	for (size_t i = 0; i < count; i++) {
		uint32_t id = ids ? ids[i] : (uint32_t)i + 1;
		int err = btf_dump__dump_type(dump, id);

		if (err)
			return fail(messages_errno(err), "write type [%u] in C", id);
	}
	return 0;
}

static int dump_parsed(struct sink *sink, const struct btf *btf, const struct cdump *from,
		       const struct cdump_choice *choice)
{
	AUTO(btf_dump)
	struct btf_dump *dump = btf_dump__new(btf, write_piece, sink, NULL);
	int err;

	if (!dump)
		return fail(-errno, "write BTF in C");
	buf_addstr(&sink->text, head);
	err = dump_types(dump, from, choice);
	if (!err && !choice->count)
		err = ckfuncs(dump, btf, &sink->text);
	if (!err)
		buf_addstr(&sink->text, tail);
	emit(sink);
	return err ?: buf_err(&sink->text);
}

static int dump_checked(struct out *out, const struct cdump *from,
			const struct cdump_choice *choice)
{
	AUTO(types) struct btf *base = from->base ? parse(from->base, NULL) : NULL;
	AUTO(types) struct btf *btf = base || !from->base ? parse(from, base) : NULL;
	struct sink sink = { .out = out };
	int err;

	if (!btf)
		return fail(-errno, "read BTF");
	/* types_free() frees what is beneath as well. */
	base = NULL;
	err = dump_parsed(&sink, btf, from, choice);
	buf_free(&sink.text);
	return err;
}

/* The running kernel is believed: a look at all that it says takes a third of the time. */
static int check(const struct cdump *from)
{
	int err = from->base ? check(from->base) : 0;

	if (err || from->trusted)
		return err;
	return check_raw(from->raw) ?: check_c(from->raw);
}

int cdump(struct out *out, const struct cdump *from, const struct cdump_choice *choice)
{
	struct messages messages = { 0 };
	char cause[256];
	int err = check(from);

	if (err)
		return err;
	messages_keep(&messages);
	err = dump_checked(out, from, choice);
	messages_stop();
	messages_cause(&messages, cause, sizeof(cause));
	if (err && cause[0])
		fail_hint("libbpf says: %s", cause);
	messages_free(&messages);
	return err;
}
