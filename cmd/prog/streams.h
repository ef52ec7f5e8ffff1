/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The standard output and error of one program, for `prog tracelog`: operands and what they do. */
#ifndef XH_CMD_PROG_STREAMS_H
#define XH_CMD_PROG_STREAMS_H

#include "obj/obj.h"
#include "xh.h"

struct streams_row;

struct streams_options {
	const struct streams_row *stream; /* NULL: not asked for */
	struct obj_ref prog;
};
extern const struct arg streams_args[];

/* Shows what is in the stream, which takes it out; 0 or a negative errno, the failure recorded. */
int streams_show(struct xh *xh, const struct streams_options *options);

#endif
