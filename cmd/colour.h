/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* --color: whether what is written may hold the escape sequences of a terminal. */
#ifndef XH_CMD_COLOUR_H
#define XH_CMD_COLOUR_H

#include <stdbool.h>

#include "cli/suggest.h"

/* Sees that `when` is one of its words, or NULL; 0 or -EINVAL with the failure recorded. */
int colour_check(const char *when);

/* What `when` comes to for `fd`: "auto" minds NO_COLOR, and means terminals that can do it. */
bool colour_wanted(const char *when, int fd);

void colour_suggest(const struct arg *arg, struct suggestions *to);

#endif
