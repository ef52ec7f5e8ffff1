/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The machine code of a program: names for what it calls, source lines that it is made of. */
#ifndef XH_CMD_PROG_JITED_H
#define XH_CMD_PROG_JITED_H

#include "jit/image.h"
#include "prog/dump.h"

/* What all programs of one command are looked into with; zeroed memory, opened when needed. */
struct jited_tools {
	struct native *native;
	struct ksyms *ksyms;
};

void jited_tools_close(struct jited_tools *tools);
#define AUTO_JITED_TOOLS __attribute__((cleanup(jited_tools_close)))

struct jited {
	const struct dump *dump;
	const struct ksyms *ksyms;
	struct image image;
};

/* 0 when the machine code is there; else a failure that says why not, and what can be done. */
int jited_check(const struct info_prog_detail *detail);

/* Takes the machine code apart, into zeroed memory; 0 or a negative errno, failure recorded. */
int jited_open(const struct dump *dump, struct jited_tools *tools, struct jited *jited);
void jited_close(struct jited *jited);
#define AUTO_JITED __attribute__((cleanup(jited_close)))

/* A walk over the source lines of one function. */
struct jited_lines {
	const struct info_prog_detail *detail;
	uint32_t next, end; /* indexes of detail->lines */
};

struct jited_lines jited_lines(const struct info_prog_detail *detail,
			       const struct image_function *function);

/* The line whose code begins at `address`, or NULL; addresses are to be asked for as they rise. */
const struct bpf_line_info *jited_line(struct jited_lines *lines, uint64_t address);

#endif
