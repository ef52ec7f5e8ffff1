/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Making of an opened object file what the command line wants of it, before it is loaded. */
#ifndef XH_CMD_PROG_LOADPREP_H
#define XH_CMD_PROG_LOADPREP_H

#include "bpf/objfile.h"
#include "prog/loadargs.h"

/* 0, or a negative errno with the failure recorded. */
int loadprep_apply(const struct loadargs *args, struct objfile *file);

#endif
