/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The pins of what `xh prog load` and `xh prog loadall` load. */
#ifndef XH_CMD_PROG_LOADPINS_H
#define XH_CMD_PROG_LOADPINS_H

#include "base/buf.h"
#include "bpf/load.h"
#include "bpf/pinset.h"
#include "prog/loadargs.h"

struct loadpins {
	const struct loadargs *args;
	struct load *load;
	struct pinset set;
	bool overtaken; /* a map that the object wants pinned was pinned by another process meanwhile */
};

/* Where a program, or a link that attaches it, is pinned; appended to `path`. 0 or -errno. */
int loadpins_path(const struct loadpins *pins, const struct objfile_prog *prog, struct buf *path);

/*
 * Before loading: sees that everything can be pinned, makes directories, and takes the maps that
 * the object wants pinned and that are pinned there already. 0 or -errno.
 */
int loadpins_begin(struct loadpins *pins);

/*
 * After loading: pins the other maps, then programs, or with `autoattach` what attaches them. 0, or -errno.
 * When this or loadpins_begin() fails, the failure is recorded and pinset_undo() to be called.
 */
int loadpins_make(struct loadpins *pins);

#endif
