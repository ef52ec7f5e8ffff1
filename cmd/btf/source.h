/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* BTF, wherever it is from, and that which it goes on from. */
#ifndef XH_CMD_BTF_SOURCE_H
#define XH_CMD_BTF_SOURCE_H

#include "btf/cdump.h"
#include "btf/where.h"
#include "elf/btffile.h"
#include "rawbtf/rawbtf.h"
#include "xh.h"

/* BTF that is opened; zeroed memory is closed. */
struct source {
	struct cdump btf; /* what there is of it, for those who write C */
	struct cdump base;
	const char *path; /* of the file that it is from, or NULL; borrowed */
	struct rawbtf raw, base_raw;

	/* What holds the bytes. */
	struct btffile file, base_file;
	struct buf bytes;

	/* Where it is that of a map: the types of key and value, 0 for none. */
	uint32_t map_id, key_type_id, value_type_id;
};

/*
 * Opens it: each type and name is in bounds, but nobody has looked at what they say. Split BTF goes
 * on from what -B names, or else that of a module from the kernel's. 0 or a negative errno with the
 * failure recorded.
 */
int source_open(const struct xh *xh, const struct where *where, struct source *source);
void source_close(struct source *source);
#define AUTO_SOURCE __attribute__((cleanup(source_close)))

#endif
