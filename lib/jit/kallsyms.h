/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The file /proc/kallsyms: read piece by piece and kept, taken apart line by line. */
#ifndef XH_JIT_KALLSYMS_H
#define XH_JIT_KALLSYMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

struct kallsyms {
	struct buf text; /* what was read so far */
	int fd;          /* -1 before the first read */
	bool ended;      /* there is no more */
};

#define KALLSYMS_EMPTY ((struct kallsyms){ .fd = -1 })

struct kallsyms_line {
	uint64_t address; /* 0: hidden by the kernel */
	const char *name; /* name_len bytes of the line, not a string */
	size_t name_len;
	bool core; /* of the kernel image itself: not of a module, a BPF program, … */
};

/* Reads one piece more; 0, or a negative errno with the failure recorded. */
int kallsyms_more(struct kallsyms *file);
void kallsyms_close(struct kallsyms *file);

/*
 * Takes apart the line from `at` up to its newline at `end`: "ADDRESS TYPE NAME[\t[MODULE]]", as
 * s_show() of kernel/kallsyms.c writes it. False for anything else.
 */
bool kallsyms_line(const char *at, const char *end, struct kallsyms_line *line);

#endif
