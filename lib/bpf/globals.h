/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Global variables of a BPF object file. */
#ifndef XH_BPF_GLOBALS_H
#define XH_BPF_GLOBALS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/vec.h"
#include "bpf/objfile.h"

struct global {
	const char *name;
	const char *section; /* ".bss", ".rodata", ".data.counters" … */
	uint32_t type_id;    /* in objfile_btf() */
	uint32_t offset;     /* bytes, in the section */
	uint32_t size;       /* bytes */
	bool is_static;
	const unsigned char *value; /* what it begins as; NULL for zeros */
};

struct globals VEC(struct global);

/*
 * All variables of .data, .bss and .rodata sections, by section and offset, borrowed from `file`;
 * none for a file without BTF. To be freed with vec_free(). 0 or -ENOMEM, recorded.
 */
int globals_read(const struct objfile *file, struct globals *globals);

#endif
