/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Which object file a word of the command line means. */
#ifndef XH_CMD_OBJECT_SOURCE_H
#define XH_CMD_OBJECT_SOURCE_H

#include "bpf/objfile.h"
#include "xh.h"

/* A file; or, for the word "hello" when no file has that name, the bundled object. */
struct objfile_source source_of(const struct xh *xh, const char *word);

/* To a failure of opening it, adds what else may have been meant; returns `err`. */
int source_refused(const char *word, int err);

#endif
