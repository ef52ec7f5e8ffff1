/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* How a command line says where BTF is: an object, a program, a map or a file that has it. */
#ifndef XH_CMD_BTF_WHERE_H
#define XH_CMD_BTF_WHERE_H

#include "cli/cli.h"
#include "obj/obj.h"

/* Plain data: one of the two. */
struct where {
	struct obj_ref ref; /* of a BTF object, a program or a map */
	const char *file;
};

extern const struct arg_type where_arg; /* slot: struct where */

#define ARG_WHERE(STRUCT, MEMBER) .type = &where_arg, .slot = SLOT(STRUCT, MEMBER, struct where)

#endif
