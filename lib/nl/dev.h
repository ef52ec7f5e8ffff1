/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Network devices: by name, or all of them. */
#ifndef XH_NL_DEV_H
#define XH_NL_DEV_H

#include <stddef.h>

#include <linux/if_link.h>
#include <net/if.h>

#include "base/vec.h"

struct nl;
struct nl_sink;
struct nlattr;
struct nlmsghdr;

struct nl_dev {
	unsigned int ifindex;
	char name[IFNAMSIZ];
	char kind[IFNAMSIZ]; /* of a device made of software: "veth"; else "" */
};

struct nl_devs VEC(struct nl_dev);

/* The attributes of a device that xh reads: those up to IFLA_MAX_MTU. */
#define NL_DEV_ATTRS (IFLA_MAX_MTU + 1)

/* The device of that name; 0, or a negative errno with a failure that offers a near name. */
int nl_dev_find(struct nl *nl, const char *name, struct nl_dev *dev);

/* Lists all devices; as nl_ask(), with the failure recorded. The caller frees the vector. */
int nl_dev_list(struct nl *nl, struct nl_devs *devs);

/*
 * Asks for the device `name`, or for all when it is NULL; every RTM_NEWLINK message goes to
 * `sink`. As nl_ask(), with the failure recorded.
 */
int nl_dev_ask(struct nl *nl, const char *name, const struct nl_sink *sink);

/*
 * Reads one RTM_NEWLINK message; attrs[] has NL_DEV_ATTRS entries and borrows from the message.
 * 0, or -EBADMSG without a failure recorded. (Format: linux/rtnetlink.h, linux/if_link.h)
 */
int nl_dev_parse(const struct nlmsghdr *message, struct nl_dev *dev, const struct nlattr **attrs);

#endif
