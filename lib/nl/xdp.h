/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* XDP programs on network devices, over route netlink. */
#ifndef XH_NL_XDP_H
#define XH_NL_XDP_H

#include <stdint.h>

#include "base/vec.h"
#include "nl/dev.h"

/* In the order in which bpftool tells the attachments of one device. */
enum nl_xdp_mode { NL_XDP_GENERIC, NL_XDP_DRIVER, NL_XDP_OFFLOAD, NL_XDP_MODES };

struct nl_xdp {
	struct nl_dev dev;
	uint32_t prog_id[NL_XDP_MODES]; /* 0: nothing is attached in that mode */
};

struct nl_xdp_list VEC(struct nl_xdp);

/* A change of what is attached to one device. */
struct nl_xdp_change {
	unsigned int ifindex;
	uint32_t flags;  /* XDP_FLAGS_* but REPLACE: the mode, UPDATE_IF_NOEXIST */
	int prog_fd;     /* -1 detaches */
	int expected_fd; /* the program that has to be there, else -EEXIST; -1 for any */
};

/* How many programs the device has; they can be of different modes only. */
unsigned int nl_xdp_count(const struct nl_xdp *xdp);

/*
 * Reads one RTM_NEWLINK message: 0, or -EBADMSG without a failure recorded. A device without
 * XDP has no prog_id. (Format: linux/if_link.h, rtnl_xdp_fill() of net/core/rtnetlink.c)
 */
int nl_xdp_parse(const struct nlmsghdr *message, struct nl_xdp *xdp);

/* What is attached to the device of that name; 0, or a negative errno with the failure. */
int nl_xdp_find(struct nl *nl, const char *name, struct nl_xdp *xdp);

/*
 * Lists the device of that name, or all when it is NULL, in the kernel's order; those without a
 * program too. As nl_ask(), with the failure recorded. The caller frees the vector.
 */
int nl_xdp_list_devs(struct nl *nl, const char *name, struct nl_xdp_list *list);

/* Attaches or detaches; 0 or a negative errno, no failure recorded: nl_fail() does that. */
int nl_xdp_change(struct nl *nl, const struct nl_xdp_change *change);

/*
 * Whether it is by a BPF link that a device has its program of a mode (one of XDP_FLAGS_*_MODE). The
 * kernel says so only where it refuses a change: it is asked for one that would change nothing. 1,
 * 0, or a negative errno, no failure recorded: -EPERM without CAP_NET_ADMIN. (dev_xdp_attach() of
 * net/core/dev.c)
 */
int nl_xdp_is_by_link(struct nl *nl, unsigned int ifindex, uint32_t mode_flag);

#endif
