/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The standard output and error of one program, for `prog tracelog`. */
#ifndef XH_CMD_PROG_STREAMS_H
#define XH_CMD_PROG_STREAMS_H

#include "obj/obj.h"
#include "xh.h"

struct streams_row;

/* The streams, rows of struct streams_row. */
extern const struct choices streams_choices;

struct streams_options {
	const struct streams_row *stream; /* NULL: not asked for */
	struct obj_ref prog;
};

/* Shows what is in the stream, which takes it out; 0 or a negative errno, the failure recorded. */
int streams_show(struct xh *xh, const struct streams_options *options);

#endif
