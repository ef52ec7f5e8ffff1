// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Network devices: by name, or all of them. */
#include "nl/dev.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>

#include <libmnl/libmnl.h>
#include <linux/rtnetlink.h>

#include "base/err.h"
#include "base/text.h"
#include "nl/attr.h"
#include "nl/nl.h"

/* A kind that is not to be read is none: what xh asks for is whether it is a certain one. */
static int parse_kind(const struct nlattr *nest, struct nl_dev *dev)
{
	const struct nlattr *attrs[IFLA_INFO_KIND + 1];

	dev->kind[0] = '\0';
	if (!nest)
		return 0;
	if (nl_attr_nested(nest, attrs, MNL_ARRAY_SIZE(attrs)))
		return -EBADMSG;
	if (attrs[IFLA_INFO_KIND])
		nl_attr_string(attrs[IFLA_INFO_KIND], dev->kind, sizeof(dev->kind));
	return 0;
}

int nl_dev_parse(const struct nlmsghdr *message, struct nl_dev *dev, const struct nlattr **attrs)
{
	const struct ifinfomsg *info = mnl_nlmsg_get_payload(message);
	size_t len = mnl_nlmsg_get_payload_len(message);
	const char *rest = mnl_nlmsg_get_payload_offset(message, sizeof(*info));

	if (message->nlmsg_type != RTM_NEWLINK || len < sizeof(*info) || info->ifi_index <= 0)
		return -EBADMSG;
	if (nl_attr_table(rest, len - sizeof(*info), attrs, NL_DEV_ATTRS))
		return -EBADMSG;
	if (!attrs[IFLA_IFNAME])
		return -EBADMSG;
	dev->ifindex = (unsigned int)info->ifi_index;
	return nl_attr_string(attrs[IFLA_IFNAME], dev->name, sizeof(dev->name))
		       ?: parse_kind(attrs[IFLA_LINKINFO], dev);
}

static int add_dev(const struct nlmsghdr *message, void *into)
{
	const struct nlattr *attrs[NL_DEV_ATTRS];
	struct nl_devs *devs = into;
	struct nl_dev dev;
	int err = nl_dev_parse(message, &dev, attrs);

	return err ?: vec_push(devs, dev);
}

static void drop_devs(void *into)
{
	struct nl_devs *devs = into;

	devs->n = 0;
}

static int ask(struct nl *nl, const char *name, const struct nl_sink *sink)
{
	struct nl_request room;
	struct nlmsghdr *request;

	request = nl_request(&room, RTM_GETLINK, name ? 0 : NLM_F_DUMP, sizeof(struct ifinfomsg));
	mnl_attr_put_u32(request, IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS);
	if (name)
		mnl_attr_put_strz(request, IFLA_IFNAME, name);
	return nl_ask(nl, request, sink);
}

/* The name nearest to `typed` among those that are near enough to be meant; NULL for none. */
static const char *nearest_to(const char *typed, const struct nl_devs *devs)
{
	const char *nearest = NULL;
	size_t least = SIZE_MAX;

	vec_each (dev, devs) {
		size_t distance = text_distance(typed, dev->name);

		if (distance < least && text_near(typed, dev->name)) {
			least = distance;
			nearest = dev->name;
		}
	}
	return nearest;
}

static int fail_no_device(struct nl *nl, const char *name)
{
	struct nl_devs devs = { 0 };
	const char *nearest = NULL;
	int err;

	if (strlen(name) >= IFNAMSIZ)
		return fail_missing("no device '%s': a device name has at most %d characters", name,
				    IFNAMSIZ - 1);
	if (nl_dev_list(nl, &devs) >= 0)
		nearest = nearest_to(name, &devs);
	err = fail_missing("no device '%s'", name);
	if (nearest)
		fail_hint("did you mean '%s'?", nearest);
	vec_free(&devs);
	return err;
}

int nl_dev_ask(struct nl *nl, const char *name, const struct nl_sink *sink)
{
	int err;

	if (name && (!name[0] || strlen(name) >= IFNAMSIZ))
		return fail_no_device(nl, name);
	err = ask(nl, name, sink);
	if (name && err == -ENODEV)
		return fail_no_device(nl, name);
	if (err < 0)
		return name ? nl_fail(nl, err, "ask for device '%s'", name)
			    : nl_fail(nl, err, "list the network devices");
	return err;
}

int nl_dev_list(struct nl *nl, struct nl_devs *devs)
{
	const struct nl_sink sink = { add_dev, drop_devs, devs };

	return nl_dev_ask(nl, NULL, &sink);
}

int nl_dev_find(struct nl *nl, const char *name, struct nl_dev *dev)
{
	struct nl_devs devs = { 0 };
	const struct nl_sink sink = { add_dev, drop_devs, &devs };
	int err = nl_dev_ask(nl, name, &sink);

	if (err >= 0 && !devs.n)
		err = nl_fail(nl, -EBADMSG, "ask for device '%s'", name);
	if (err >= 0)
		*dev = devs.v[0];
	vec_free(&devs);
	return err < 0 ? err : 0;
}
