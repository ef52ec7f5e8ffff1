/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Filters of tc as attach points, for kernels before tcx: clsact and cls_bpf, direct-action. */
#ifndef XH_CMD_NET_FILTER_H
#define XH_CMD_NET_FILTER_H

struct hook_call;

/*
 * Makes the clsact qdisc where there is none. A filter that another one replaces is another filter:
 * of several processes that replace the same one, one wins. 0 or a negative errno with the failure
 * recorded.
 */
int net_filter_attach(const struct hook_call *call);

/*
 * Takes away all filters with the program of the call, or the only one; the qdisc stays, for who
 * made it cannot be told. Nothing to detach: -ENOENT, STATUS_MISSING.
 */
int net_filter_detach(const struct hook_call *call);

#endif
