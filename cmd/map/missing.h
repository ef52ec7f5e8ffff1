/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What a verb says that looked for an element, and there was none. */
#ifndef XH_CMD_MAP_MISSING_H
#define XH_CMD_MAP_MISSING_H

#include "map/target.h"
#include "out/out.h"

/*
 * Shows what was asked for, a key or what a bloom filter was asked, and that it is not there.
 * Fails with STATUS_MISSING and nothing more to be printed.
 */
int missing_show(struct out *out, const struct target *target);

#endif
