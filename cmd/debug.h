/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What -d shows of the work of libraries and kernel. */
#ifndef XH_CMD_DEBUG_H
#define XH_CMD_DEBUG_H

#include "xh.h"

/* With -d: writes `text` to stderr, line by line, escaped. */
void debug_show(const struct xh *xh, const char *text);

#endif
