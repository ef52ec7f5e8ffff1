/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What there is to know of a network device before a program is attached to it. */
#ifndef XH_NL_DEVINFO_H
#define XH_NL_DEVINFO_H

#include <stdbool.h>
#include <stdint.h>

#include "base/vec.h"
#include "nl/xdp.h"

struct nl_devinfo {
	struct nl_xdp xdp; /* the device, and what it has already */
	bool up;
	uint32_t mtu, min_mtu, max_mtu;        /* bytes; max_mtu 0: no limit, or not said */
	uint32_t rx_queues_max, tx_queues_max; /* how many it was made with; 0: not said */
};

struct nl_devinfos VEC(struct nl_devinfo);

/* Reads one RTM_NEWLINK message: 0, or -EBADMSG without a failure recorded. */
int nl_devinfo_parse(const struct nlmsghdr *message, struct nl_devinfo *info);

/*
 * Lists the device of that name, or all when it is NULL; as nl_ask(), with the failure recorded.
 * The caller frees the vector.
 */
int nl_devinfo_list(struct nl *nl, const char *name, struct nl_devinfos *infos);

#endif
