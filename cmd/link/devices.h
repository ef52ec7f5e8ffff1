/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Which device a link means: the kernel tells an ifindex, but not in which network namespace. */
#ifndef XH_CMD_LINK_DEVICES_H
#define XH_CMD_LINK_DEVICES_H

#include <stdbool.h>

#include "bpf/uapi_link.h"
#include "net/links.h"
#include "nl/nl.h"
#include "nl/xdp.h"
#include "out/out.h"

/* The devices of this network namespace and all links, read when first they are needed. */
struct devices {
	bool read;
	struct nl nl;
	struct nl_xdp_list devs;
	struct net_links links;
};

#define AUTO_DEVICES __attribute__((cleanup(devices_free)))
void devices_free(struct devices *devices);

/* True for the links that are attached to devices: XDP, tcx and netkit. */
bool devices_has(uint32_t link_type);

/* Emits the device of such a link into the object that is open; text needs a gap of "". */
void devices_show(struct out *out, struct devices *devices, const struct uapi_link_info *link);

#endif
