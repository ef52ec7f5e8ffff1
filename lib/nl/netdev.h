/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What drivers say that they can do with XDP: the generic netlink family "netdev" (6.3). */
#ifndef XH_NL_NETDEV_H
#define XH_NL_NETDEV_H

#include <stdint.h>

#include "base/vec.h"

struct nlmsghdr;

struct nl_netdev {
	unsigned int ifindex;
	uint64_t xdp_features;  /* bits; 0: generic XDP only */
	uint64_t rx_metadata;   /* bits: what a program can ask of a packet */
	uint32_t zc_max_frames; /* of a packet in zero-copy mode, 0 when not said */
};

/* What a bit means (enum netdev_xdp_act, enum netdev_xdp_rx_metadata); NULL for newer ones. */
const char *nl_netdev_feature(unsigned int bit);
const char *nl_netdev_metadata(unsigned int bit);

/* Sorted by ifindex. */
struct nl_netdevs VEC(struct nl_netdev);

/* Reads one message of the family: 0, or -EBADMSG without a failure recorded. */
int nl_netdev_parse(const struct nlmsghdr *message, struct nl_netdev *netdev);

/*
 * Lists all devices; an empty list where the kernel has no such family. 0 or a negative errno with
 * the failure recorded. The caller frees the vector.
 */
int nl_netdev_list(struct nl_netdevs *netdevs);

/* The one of a device, or NULL. */
const struct nl_netdev *nl_netdev_of(const struct nl_netdevs *netdevs, unsigned int ifindex);

#endif
