/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* tcx and netkit as attach points: several programs, one after another. */
#ifndef XH_CMD_NET_MPROG_H
#define XH_CMD_NET_MPROG_H

struct hook_call;

/* 0 or a negative errno with the failure recorded. */
int net_mprog_attach(const struct hook_call *call);

/*
 * Detaches the program of the call, or the last one, if they are the same as when the call begins.
 * Nothing to detach: -ENOENT, STATUS_MISSING.
 */
int net_mprog_detach(const struct hook_call *call);

#endif
