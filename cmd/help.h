/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Help: a screen of text, or the grammar as data. */
#ifndef XH_CMD_HELP_H
#define XH_CMD_HELP_H

#include "xh.h"

/*
 * Emits help about the last command of `parsed`: in text a screen, in JSON the same screen as
 * "help" and the grammar from there on as data. 0 or a negative errno.
 */
int help_show(struct xh *xh, const struct parsed *parsed);

#endif
