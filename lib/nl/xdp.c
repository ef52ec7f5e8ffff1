// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* XDP programs on network devices, over route netlink. */
#include "nl/xdp.h"

#include <errno.h>
#include <string.h>

#include <libmnl/libmnl.h>
#include <linux/rtnetlink.h>

#include "nl/attr.h"
#include "nl/nl.h"

static const struct {
	uint8_t attached;
	uint16_t attr;
} modes[NL_XDP_MODES] = {
	[NL_XDP_GENERIC] = { XDP_ATTACHED_SKB, IFLA_XDP_SKB_PROG_ID },
	[NL_XDP_DRIVER] = { XDP_ATTACHED_DRV, IFLA_XDP_DRV_PROG_ID },
	[NL_XDP_OFFLOAD] = { XDP_ATTACHED_HW, IFLA_XDP_HW_PROG_ID },
};

unsigned int nl_xdp_count(const struct nl_xdp *xdp)
{
	unsigned int count = 0;

	for (int mode = 0; mode < NL_XDP_MODES; mode++)
		count += xdp->prog_id[mode] != 0;
	return count;
}

/* Kernels before 4.20 give the id of a single program without its mode. */
static const struct nlattr *id_attr(const struct nlattr *const *attrs, int mode, uint8_t attached)
{
	if (attrs[modes[mode].attr])
		return attrs[modes[mode].attr];
	return attached == modes[mode].attached ? attrs[IFLA_XDP_PROG_ID] : NULL;
}

static int parse_nest(const struct nlattr *nest, struct nl_xdp *xdp)
{
	const struct nlattr *attrs[IFLA_XDP_HW_PROG_ID + 1];
	uint8_t attached;

	if (nl_attr_nested(nest, attrs, MNL_ARRAY_SIZE(attrs)) || !attrs[IFLA_XDP_ATTACHED])
		return -EBADMSG;
	if (nl_attr_u8(attrs[IFLA_XDP_ATTACHED], &attached))
		return -EBADMSG;
	for (int mode = 0; mode < NL_XDP_MODES; mode++) {
		const struct nlattr *id = id_attr(attrs, mode, attached);

		if (id && nl_attr_u32(id, &xdp->prog_id[mode]))
			return -EBADMSG;
		if (!xdp->prog_id[mode] && attached == modes[mode].attached)
			return -EBADMSG;
	}
	return 0;
}

int nl_xdp_parse(const struct nlmsghdr *message, struct nl_xdp *xdp)
{
	const struct nlattr *attrs[NL_DEV_ATTRS];

	memset(xdp, 0, sizeof(*xdp));
	if (nl_dev_parse(message, &xdp->dev, attrs))
		return -EBADMSG;
	return attrs[IFLA_XDP] ? parse_nest(attrs[IFLA_XDP], xdp) : 0;
}

static int take_one(const struct nlmsghdr *message, void *into)
{
	return nl_xdp_parse(message, into);
}

static void drop_one(void *into)
{
	memset(into, 0, sizeof(struct nl_xdp));
}

int nl_xdp_find(struct nl *nl, const char *name, struct nl_xdp *xdp)
{
	const struct nl_sink sink = { take_one, drop_one, xdp };
	int err;

	drop_one(xdp);
	err = nl_dev_ask(nl, name, &sink);
	if (err >= 0 && !xdp->dev.ifindex)
		err = nl_fail(nl, -EBADMSG, "ask for device '%s'", name);
	return err < 0 ? err : 0;
}

static int add_any(const struct nlmsghdr *message, void *into)
{
	struct nl_xdp_list *list = into;
	struct nl_xdp xdp;
	int err = nl_xdp_parse(message, &xdp);

	return err ?: vec_push(list, xdp);
}

static void drop_all(void *into)
{
	struct nl_xdp_list *list = into;

	list->n = 0;
}

int nl_xdp_list_devs(struct nl *nl, const char *name, struct nl_xdp_list *list)
{
	const struct nl_sink sink = { add_any, drop_all, list };

	return nl_dev_ask(nl, name, &sink);
}

static int send_change(struct nl *nl, const struct nl_xdp_change *change, uint32_t flags)
{
	struct nl_request room;
	struct nlmsghdr *request = nl_request(&room, RTM_SETLINK, 0, sizeof(struct ifinfomsg));
	struct ifinfomsg *info = mnl_nlmsg_get_payload(request);
	struct nlattr *nest;

	info->ifi_index = (int)change->ifindex;
	nest = mnl_attr_nest_start(request, IFLA_XDP);
	mnl_attr_put(request, IFLA_XDP_FD, sizeof(change->prog_fd), &change->prog_fd);
	mnl_attr_put_u32(request, IFLA_XDP_FLAGS, flags);
	if (flags & XDP_FLAGS_REPLACE)
		mnl_attr_put(request, IFLA_XDP_EXPECTED_FD, sizeof(change->expected_fd),
			     &change->expected_fd);
	mnl_attr_nest_end(request, nest);
	return nl_ask(nl, request, NULL);
}

int nl_xdp_change(struct nl *nl, const struct nl_xdp_change *change)
{
	uint32_t replace = change->expected_fd >= 0 ? XDP_FLAGS_REPLACE : 0;

	return send_change(nl, change, change->flags | replace);
}

/* Nothing is put in the place of nothing: over a program that is refused, over a link before that. */
int nl_xdp_is_by_link(struct nl *nl, unsigned int ifindex, uint32_t mode_flag)
{
	const struct nl_xdp_change none = { .ifindex = ifindex, .prog_fd = -1, .expected_fd = -1 };
	int err = send_change(nl, &none, mode_flag | XDP_FLAGS_REPLACE);

	if (err == -EBUSY)
		return 1;
	return err == -EEXIST ? 0 : err;
}
