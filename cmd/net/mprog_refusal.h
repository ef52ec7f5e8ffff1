/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Why the kernel refused to change what tcx or netkit run, and what helps. */
#ifndef XH_CMD_NET_MPROG_REFUSAL_H
#define XH_CMD_NET_MPROG_REFUSAL_H

#include "bpf/mprog.h"
#include "net/hooks.h"
#include "nl/dev.h"

/* Each records the failure of a call on a device and returns a negative errno. */
int net_mprog_fail_query(int err, const struct hook_call *call, const struct nl_dev *dev);
int net_mprog_fail_attach(int err, const struct hook_call *call, const struct nl_dev *dev);
int net_mprog_fail_detach(int err, const struct hook_call *call, const struct nl_dev *dev);

/* `prog`, or any where it is NULL, is not among the programs of the hook: STATUS_MISSING. */
int net_mprog_fail_absent(const struct hook_call *call, const struct nl_dev *dev,
			  const struct obj *prog);

/* A link holds the program: -EBUSY. */
int net_mprog_fail_held(const struct hook_call *call, const struct nl_dev *dev,
			const struct mprog_entry *entry);

/* Several programs are there where one was needed: -EINVAL. */
int net_mprog_fail_several(const struct hook_call *call, const struct nl_dev *dev,
			   const struct mprog *there);

#endif
