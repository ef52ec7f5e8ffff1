/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The types of BTF as a C header. */
#ifndef XH_BTF_CDUMP_H
#define XH_BTF_CDUMP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct out;
struct rawbtf;

struct cdump {
	const void *data; /* of BTF */
	size_t size;
	unsigned int pointer_size; /* 0: as its types suggest */
	const struct rawbtf *raw;  /* the same, opened */
	bool trusted;              /* made by the kernel that runs */
	const struct cdump *base;  /* whose types come before; or NULL */
};

/* Which of them, with all that they need: all when `count` is 0, sorted unless otherwise said. */
struct cdump_choice {
	const uint32_t *ids;
	size_t count;
	bool unsorted;
};

/*
 * Emits a header, a line in text or an element in JSON for each of its lines. What cannot be written as C, and BTF that could cost too much, is
 * refused before. 0 or a negative errno with the failure recorded.
 */
int cdump(struct out *out, const struct cdump *from, const struct cdump_choice *choice);

#endif
