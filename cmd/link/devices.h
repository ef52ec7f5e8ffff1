/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Which device a link means: the kernel tells an ifindex, but not in which network namespace. */
#ifndef XH_CMD_LINK_DEVICES_H
#define XH_CMD_LINK_DEVICES_H

#include <stdbool.h>

#include "bpf/uapi_link.h"
#include "net/links.h"
#include "nl/nl.h"
#include "nl/xdp.h"

/* The devices of this network namespace and all links, read when first they are needed. */
struct devices {
	bool read;
	struct nl nl;
	struct nl_xdp_list devs;
	struct net_links links;
};

#define AUTO_DEVICES __attribute__((cleanup(devices_free)))
void devices_free(struct devices *devices);

enum devices_place {
	DEVICES_HERE,
	DEVICES_MAYBE_HERE, /* a link of another network namespace looks the same */
	DEVICES_ELSEWHERE,
};

/*
 * Whether an XDP, tcx or netkit link is attached in this network namespace; if it is, or may be, to
 * which device.
 */
enum devices_place devices_find(struct devices *devices, const struct uapi_link_info *link,
				const struct nl_dev **dev);

#endif
