/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Files of BTF: BTF alone, as the kernel shows its own, or a section of an ELF file. */
#ifndef XH_ELF_BTFFILE_H
#define XH_ELF_BTFFILE_H

#include <stddef.h>

#include "base/buf.h"

/* Zeroed memory is a closed one. */
struct btffile {
	const void *data; /* BTF, which nobody has looked at yet */
	size_t size;
	unsigned int pointer_size; /* of the machine that an ELF file is for; else 0 */

	struct buf bytes; /* of the whole file */
	void *mapped;     /* or, of a file of the kernel, its pages: a tenth of the time */
	size_t mapped_size;
};

/*
 * Finds the BTF in a file. 0, or a negative errno with the failure recorded; that an ELF file has
 * none, and what else a file may be instead, is said.
 */
int btffile_open(const char *path, struct btffile *file);
void btffile_close(struct btffile *file);
#define AUTO_BTFFILE __attribute__((cleanup(btffile_close)))

#endif
