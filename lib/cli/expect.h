/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What fits at a point of the command line, and the errors that say so. */
#ifndef XH_CLI_EXPECT_H
#define XH_CLI_EXPECT_H

#include "cli/cli.h"

/* Each records a failure and returns -EINVAL. `word` is what stood there; NULL for the end. */
int expect_command(const struct parsed *parsed, const char *word);
int expect_choice(const struct arg *arg, const char *word);
int expect_missing(const struct parsed *parsed, const struct arg *arg);
int expect_nothing_like(const struct parsed *parsed, const char *word);

#endif
