/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The operand that is a control group. */
#ifndef XH_CMD_CGROUP_OPERAND_H
#define XH_CMD_CGROUP_OPERAND_H

#include "cli/cli.h"

extern const struct arg_type arg_cgroup; /* slot: const char *, the path of a directory */

#define ARG_CGROUP(STRUCT, MEMBER) .type = &arg_cgroup, .slot = SLOT(STRUCT, MEMBER, const char *)

#endif
