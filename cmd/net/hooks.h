/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The attach points of network devices: one row each, what `net attach` and `net detach` know. */
#ifndef XH_CMD_NET_HOOKS_H
#define XH_CMD_NET_HOOKS_H

#include <stdbool.h>
#include <stdint.h>

#include "cli/cli.h"
#include "obj/obj.h"

struct hook;

/* What the command line asked for. */
struct hook_call {
	const struct hook *hook;
	const char *dev;
	const struct obj *prog; /* to attach, of the hook's type; NULL to detach */
	bool overwrite;
};

struct hook {
	const char *name;
	uint32_t prog_type;
	uint32_t xdp_flags; /* XDP_FLAGS_*_MODE; 0 leaves the mode to the kernel */

	/* 0 or a negative errno with the failure recorded. */
	int (*attach)(const struct hook_call *call);
	int (*detach)(const struct hook_call *call);
};

extern const struct choices hook_choices;

#endif
