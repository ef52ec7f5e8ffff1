/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Why the kernel refused to attach or detach an XDP program, and what helps. */
#ifndef XH_CMD_NET_XDP_REFUSAL_H
#define XH_CMD_NET_XDP_REFUSAL_H

#include "net/hooks.h"
#include "nl/nl.h"
#include "nl/xdp.h"

/*
 * The mode that a hook means. Plain xdp is the driver's mode, or the generic one where the driver
 * has none; of the two, a device has a program in one at most.
 */
enum nl_xdp_mode net_xdp_mode_of(const struct hook *hook, const struct nl_xdp *there);

/*
 * Each records the failure of a call, `there` being what the device had; `nl` has the kernel's own
 * reason. They return a negative errno.
 */
int net_xdp_fail_attach(const struct nl *nl, int err, const struct hook_call *call,
			const struct nl_xdp *there);
int net_xdp_fail_detach(const struct nl *nl, int err, const struct hook_call *call,
			const struct nl_xdp *there);

/* The program that was named, or any, is not there in the mode of the hook: STATUS_MISSING. */
int net_xdp_fail_absent(const struct hook *hook, const struct obj *prog,
			const struct nl_xdp *there);

#endif
