// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Generic netlink: families by their names. */
#include "nl/genl.h"

#include <errno.h>

#include <libmnl/libmnl.h>
#include <linux/genetlink.h>

#include "nl/attr.h"
#include "nl/nl.h"

struct nlmsghdr *nl_genl_request(struct nl_request *request, uint16_t family, uint8_t command,
				 uint16_t flags)
{
	struct nlmsghdr *head = nl_request(request, family, flags, sizeof(struct genlmsghdr));
	struct genlmsghdr *genl = mnl_nlmsg_get_payload(head);

	genl->cmd = command;
	genl->version = 1;
	return head;
}

static int take_family(const struct nlmsghdr *message, void *into)
{
	const struct nlattr *attrs[CTRL_ATTR_FAMILY_ID + 1];
	size_t len = mnl_nlmsg_get_payload_len(message);
	const char *rest = mnl_nlmsg_get_payload_offset(message, sizeof(struct genlmsghdr));

	if (message->nlmsg_type != GENL_ID_CTRL || len < sizeof(struct genlmsghdr))
		return -EBADMSG;
	if (nl_attr_table(rest, len - sizeof(struct genlmsghdr), attrs, MNL_ARRAY_SIZE(attrs)))
		return -EBADMSG;
	if (!attrs[CTRL_ATTR_FAMILY_ID])
		return -EBADMSG;
	return nl_attr_u16(attrs[CTRL_ATTR_FAMILY_ID], into);
}

int nl_genl_family(struct nl *nl, const char *name)
{
	uint16_t family = 0;
	const struct nl_sink sink = { .message = take_family, .into = &family };
	struct nl_request room;
	struct nlmsghdr *request = nl_genl_request(&room, GENL_ID_CTRL, CTRL_CMD_GETFAMILY, 0);
	int err;

	mnl_attr_put_strz(request, CTRL_ATTR_FAMILY_NAME, name);
	err = nl_ask(nl, request, &sink);
	if (err)
		return err;
	return family ?: -EBADMSG;
}
