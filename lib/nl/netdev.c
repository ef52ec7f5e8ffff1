// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What drivers say that they can do with XDP: the generic netlink family "netdev" (6.3). */
#include "nl/netdev.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <libmnl/libmnl.h>
#include <linux/genetlink.h>

#include "nl/attr.h"
#include "nl/genl.h"
#include "nl/nl.h"

/* Of linux/netdev.h, which is newer than the oldest headers that xh builds with. */
enum {
	DEV_GET = 1,
};

enum {
	DEV_IFINDEX = 1,
	DEV_XDP_FEATURES = 3,
	DEV_ZC_MAX_SEGS = 4,
	DEV_RX_METADATA = 5,
	DEV_ATTRS = 6,
};

static const char *const features[] = {
	"basic", "redirect", "ndo-xmit", "xsk-zerocopy", "hw-offload", "rx-sg", "ndo-xmit-sg",
};

static const char *const metadata[] = { "timestamp", "hash", "vlan-tag" };

const char *nl_netdev_feature(unsigned int bit)
{
	return bit < MNL_ARRAY_SIZE(features) ? features[bit] : NULL;
}

const char *nl_netdev_metadata(unsigned int bit)
{
	return bit < MNL_ARRAY_SIZE(metadata) ? metadata[bit] : NULL;
}

static int read_u64(const struct nlattr *attr, uint64_t *value)
{
	return attr ? nl_attr_u64(attr, value) : 0;
}

int nl_netdev_parse(const struct nlmsghdr *message, struct nl_netdev *netdev)
{
	const struct nlattr *attrs[DEV_ATTRS];
	size_t len = mnl_nlmsg_get_payload_len(message);
	const char *rest = mnl_nlmsg_get_payload_offset(message, sizeof(struct genlmsghdr));

	memset(netdev, 0, sizeof(*netdev));
	if (len < sizeof(struct genlmsghdr))
		return -EBADMSG;
	if (nl_attr_table(rest, len - sizeof(struct genlmsghdr), attrs, DEV_ATTRS))
		return -EBADMSG;
	if (!attrs[DEV_IFINDEX] || nl_attr_u32(attrs[DEV_IFINDEX], &netdev->ifindex))
		return -EBADMSG;
	if (attrs[DEV_ZC_MAX_SEGS] && nl_attr_u32(attrs[DEV_ZC_MAX_SEGS], &netdev->zc_max_frames))
		return -EBADMSG;
	return read_u64(attrs[DEV_XDP_FEATURES], &netdev->xdp_features)
		       ?: read_u64(attrs[DEV_RX_METADATA], &netdev->rx_metadata);
}

static int add_one(const struct nlmsghdr *message, void *into)
{
	struct nl_netdevs *netdevs = into;
	struct nl_netdev netdev;
	int err = nl_netdev_parse(message, &netdev);

	return err ?: vec_push(netdevs, netdev);
}

static void drop_all(void *into)
{
	struct nl_netdevs *netdevs = into;

	netdevs->n = 0;
}

static int compare(const void *a, const void *b)
{
	const struct nl_netdev *left = a, *right = b;

	return (left->ifindex > right->ifindex) - (left->ifindex < right->ifindex);
}

int nl_netdev_list(struct nl_netdevs *netdevs)
{
	const struct nl_sink sink = { add_one, drop_all, netdevs };
	struct nl nl AUTO_NL = NL_NONE;
	struct nl_request room;
	int err = nl_open_generic(&nl);
	int family = err ?: nl_genl_family(&nl, "netdev");

	if (err)
		return err;
	if (family == -ENOENT)
		return 0;
	if (family > 0)
		err = nl_ask(&nl, nl_genl_request(&room, (uint16_t)family, DEV_GET, NLM_F_DUMP),
			     &sink);
	else
		err = family;
	if (err < 0)
		return nl_fail(&nl, err, "ask what the network drivers can do");
	if (netdevs->n)
		qsort(netdevs->v, netdevs->n, sizeof(*netdevs->v), compare);
	return 0;
}

const struct nl_netdev *nl_netdev_of(const struct nl_netdevs *netdevs, unsigned int ifindex)
{
	const struct nl_netdev wanted = { .ifindex = ifindex };

	if (!netdevs->n)
		return NULL;
	return bsearch(&wanted, netdevs->v, netdevs->n, sizeof(wanted), compare);
}
