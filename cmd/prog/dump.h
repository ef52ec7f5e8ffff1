/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What the dumps of BPF instructions and of machine code share: programs, source lines, names. */
#ifndef XH_CMD_PROG_DUMP_H
#define XH_CMD_PROG_DUMP_H

#include <linux/bpf.h>

#include "bpf/info.h"
#include "bpf/progname.h"
#include "obj/obj.h"
#include "xh.h"

struct btf;
struct buf;

/* One program on its way out. */
struct dump {
	struct out *out;
	const char *key; /* of the value to emit; NULL for the document itself */
	const struct info_prog_detail *detail;
	const struct btf *btf; /* NULL when the program has none */
	char name[PROGNAME_MAX];
};

/* A dump verb: which programs, which of their arrays (enum info_part), what to do with each. */
struct dump_task {
	const struct obj_ref *ref;
	unsigned int parts;
	int (*one)(struct dump *dump, const void *options); /* emits one JSON value */
	const void *options;
};

/* Dumps all programs that the reference names, each under a heading when they are several. */
int dump_each(struct xh *xh, const struct dump_task *task);

/* Opens the one program, for a dump to a file. `detail` is the caller's to free. */
int dump_open_one(const struct obj_ref *ref, unsigned int parts, struct info_prog_detail *detail);

/*
 * Emits the prototype of function `index` as "proto", on a line of its own ending in a colon.
 * Nothing for a program without BTF. dump_proto_text() replaces what `text` holds by it.
 */
void dump_proto(const struct dump *dump, uint32_t index);
void dump_proto_text(const struct dump *dump, uint32_t index, struct buf *text);

/* Emits a source line as "src" and, with `linum`, its place, on a line of its own. */
void dump_source(const struct dump *dump, const struct bpf_line_info *line, bool linum);

/* The parts of that: the text, borrowed, NULL for a program without BTF; file, line and column. */
const char *dump_source_text(const struct dump *dump, const struct bpf_line_info *line);
void dump_source_place(const struct dump *dump, const struct bpf_line_info *line);

/*
 * The kernel's symbol for the machine code of function `index`, bpf_prog_<tag>_<name>.
 * False when its tag is not known.
 */
bool dump_symbol(const struct dump *dump, uint32_t index, struct buf *text);

#endif
