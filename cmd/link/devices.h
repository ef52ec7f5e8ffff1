/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Which device a link means: the kernel tells an ifindex, but not in which network namespace. */
#ifndef XH_CMD_LINK_DEVICES_H
#define XH_CMD_LINK_DEVICES_H

#include <stdbool.h>

#include "bpf/uapi_link.h"
#include "net/links.h"
#include "nl/xdp.h"

/* The devices of this network namespace and all links, read when first they are needed. */
struct devices {
	bool read;
	struct nl_xdp_list devs;
	struct net_links links;
};

#define AUTO_DEVICES __attribute__((cleanup(devices_free)))
void devices_free(struct devices *devices);

/*
 * The device that an XDP, tcx or netkit link is attached to, if it is seen to have the link: that
 * is, if it is of this network namespace. NULL when it is not, or this cannot be told.
 */
const struct nl_dev *devices_of(struct devices *devices, const struct uapi_link_info *link);

#endif
