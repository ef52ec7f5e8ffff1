/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* `net attach … link PATH`: by a link that is pinned, or to one that is pinned already. */
#ifndef XH_CMD_NET_BYLINK_H
#define XH_CMD_NET_BYLINK_H

#include <stdbool.h>

#include "bpf/uapi_link.h"
#include "net/hooks.h"

/* True when the call is to change the program of a link that is pinned already. */
bool net_bylink_updates(const struct hook_call *call);

/*
 * Sees that a new link can be pinned where the call wants it, and mounts the BPF file system if
 * need be. 0 or a negative errno with the failure recorded.
 */
int net_bylink_prepare(const struct hook_call *call);

/*
 * Gives the pinned link the program of the call. `wanted` has the type that the link has to be of, and
 * the attach type. 0 or a negative errno with the failure recorded.
 */
int net_bylink_update(const struct hook_call *call, const struct uapi_link_info *wanted);

#endif
