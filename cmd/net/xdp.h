/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* XDP as an attach point: attach and detach, and why the kernel refused. */
#ifndef XH_CMD_NET_XDP_H
#define XH_CMD_NET_XDP_H

#include <stdint.h>

#include "nl/xdp.h"

struct hook_call;

struct net_xdp_mode {
	const char *name; /* in a listing */
	const char *hook; /* on the command line */
	uint32_t flag;
};

extern const struct net_xdp_mode net_xdp_modes[NL_XDP_MODES];

/* 0 or a negative errno with the failure recorded. */
int net_xdp_attach(const struct hook_call *call);

/*
 * Detaches the program that is there when the call begins, and no other that takes its place
 * meanwhile (unless it may not be opened, without CAP_SYS_ADMIN). Nothing to detach in that mode:
 * -ENOENT, STATUS_MISSING, and the failure says what there is instead.
 */
int net_xdp_detach(const struct hook_call *call);

#endif
