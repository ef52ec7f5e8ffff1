/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Generic netlink: families by their names. */
#ifndef XH_NL_GENL_H
#define XH_NL_GENL_H

#include <stdint.h>

struct nl;
struct nl_request;
struct nlmsghdr;

/* nl_request() of a family's command. */
struct nlmsghdr *nl_genl_request(struct nl_request *request, uint16_t family, uint8_t command,
				 uint16_t flags);

/*
 * The number of a family in this kernel, or a negative errno, no failure recorded: -ENOENT when
 * there is no such family. (Format: linux/genetlink.h)
 */
int nl_genl_family(struct nl *nl, const char *name);

#endif
