/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Which lines of the trace certain programs can have printed, for `prog tracelog`. */
#ifndef XH_CMD_PROG_PRINTED_H
#define XH_CMD_PROG_PRINTED_H

#include <stddef.h>

#include "args.h"
#include "trace/shape.h"

#define PRINTED_PROGS 64

struct printed_progs {
	size_t count;
	struct obj_ref v[PRINTED_PROGS];
};

extern const struct arg_type printed_progs; /* slot: struct printed_progs, repeats */

/*
 * The formats of all of them; a program that has none is a failure. 0 or a negative errno with the
 * failure recorded.
 */
int printed_shapes(const struct printed_progs *progs, struct trace_shapes *shapes);

#endif
