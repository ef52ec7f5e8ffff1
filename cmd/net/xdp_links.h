/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* By which BPF link a device has an XDP program: the kernel tells that it is one, not which. */
#ifndef XH_CMD_NET_XDP_LINKS_H
#define XH_CMD_NET_XDP_LINKS_H

#include "net/links.h"
#include "nl/nl.h"
#include "nl/xdp.h"

/* The program that a device of this network namespace has in one mode. */
struct net_xdp_place {
	unsigned int ifindex;
	enum nl_xdp_mode mode;
	uint32_t prog_id;
};

/*
 * The links that it may be by. Of a link the kernel tells the program and the ifindex: another
 * network namespace can have a link with the same two.
 */
struct net_xdp_links {
	struct net_xdp_link_ids
		VEC(uint32_t) ids; /* empty when it is by no link, or none is known */
	bool certain; /* it is by one of them; else it may be by none: the kernel may not be asked */
};

#define AUTO_XDP_LINKS __attribute__((cleanup(net_xdp_links_free)))
void net_xdp_links_free(struct net_xdp_links *links);

/* Finds them among `all`; 0 or a negative errno with the failure recorded. */
int net_xdp_links_find(struct nl *nl, const struct net_links *all, struct net_xdp_place place,
		       struct net_xdp_links *links);

/* The only link that it can be; 0 when there are several, or when it may be none. */
uint32_t net_xdp_links_exact(const struct net_xdp_links *links);

/*
 * Records -EBUSY: "<what> by BPF link 5 (pinned at …) (EBUSY)" with what removes it, or of several
 * "by BPF link 5 (…) or 7 (…)" and why there is no telling.
 */
int net_xdp_links_fail_held(const struct net_xdp_links *links, const char *what);

#endif
