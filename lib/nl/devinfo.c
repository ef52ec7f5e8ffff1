// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What there is to know of a network device before a program is attached to it. */
#include "nl/devinfo.h"

#include <errno.h>
#include <string.h>

#include <libmnl/libmnl.h>
#include <linux/rtnetlink.h>

#include "nl/attr.h"
#include "nl/nl.h"

int nl_devinfo_parse(const struct nlmsghdr *message, struct nl_devinfo *info)
{
	const struct nlattr *attrs[NL_DEV_ATTRS];
	const struct {
		uint16_t attr;
		uint32_t *value;
	} numbers[] = {
		{ IFLA_MTU, &info->mtu },
		{ IFLA_MIN_MTU, &info->min_mtu },
		{ IFLA_MAX_MTU, &info->max_mtu },
		{ IFLA_NUM_RX_QUEUES, &info->rx_queues_max },
		{ IFLA_NUM_TX_QUEUES, &info->tx_queues_max },
	};
	const struct ifinfomsg *link = mnl_nlmsg_get_payload(message);

	memset(info, 0, sizeof(*info));
	if (nl_xdp_parse(message, &info->xdp) || nl_dev_parse(message, &info->xdp.dev, attrs))
		return -EBADMSG;
	info->up = link->ifi_flags & IFF_UP;
	for (size_t i = 0; i < MNL_ARRAY_SIZE(numbers); i++) {
		const struct nlattr *attr = attrs[numbers[i].attr];

		if (attr && nl_attr_u32(attr, numbers[i].value))
			return -EBADMSG;
	}
	return 0;
}

static int add_one(const struct nlmsghdr *message, void *into)
{
	struct nl_devinfos *infos = into;
	struct nl_devinfo info;
	int err = nl_devinfo_parse(message, &info);

	return err ?: vec_push(infos, info);
}

static void drop_all(void *into)
{
	struct nl_devinfos *infos = into;

	infos->n = 0;
}

int nl_devinfo_list(struct nl *nl, const char *name, struct nl_devinfos *infos)
{
	const struct nl_sink sink = { add_one, drop_all, infos };

	return nl_dev_ask(nl, name, &sink);
}
