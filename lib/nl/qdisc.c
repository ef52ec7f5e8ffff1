// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Queueing disciplines and their classes: what the filters of tc hang on. */
#include "nl/qdisc.h"

#include <errno.h>
#include <string.h>

#include <libmnl/libmnl.h>
#include <linux/pkt_sched.h>
#include <linux/rtnetlink.h>

#include "nl/attr.h"
#include "nl/nl.h"

int nl_qdisc_parse(const struct nlmsghdr *message, struct nl_qdisc *qdisc)
{
	const struct nlattr *attrs[TCA_KIND + 1];
	const struct tcmsg *tc = mnl_nlmsg_get_payload(message);
	const char *rest = mnl_nlmsg_get_payload_offset(message, sizeof(*tc));
	size_t len = mnl_nlmsg_get_payload_len(message);

	if (message->nlmsg_type != RTM_NEWQDISC && message->nlmsg_type != RTM_NEWTCLASS)
		return -EBADMSG;
	if (len < sizeof(*tc) || tc->tcm_ifindex <= 0)
		return -EBADMSG;
	if (nl_attr_table(rest, len - sizeof(*tc), attrs, MNL_ARRAY_SIZE(attrs)))
		return -EBADMSG;
	if (!attrs[TCA_KIND])
		return -EBADMSG;
	qdisc->ifindex = (unsigned int)tc->tcm_ifindex;
	qdisc->handle = tc->tcm_handle;
	return nl_attr_string(attrs[TCA_KIND], qdisc->kind, sizeof(qdisc->kind));
}

static int add_one(const struct nlmsghdr *message, void *into)
{
	struct nl_qdiscs *qdiscs = into;
	struct nl_qdisc qdisc;
	int err = nl_qdisc_parse(message, &qdisc);

	return err ?: vec_push(qdiscs, qdisc);
}

static void drop_all(void *into)
{
	struct nl_qdiscs *qdiscs = into;

	qdiscs->n = 0;
}

int nl_qdisc_list(struct nl *nl, struct nl_qdiscs *qdiscs)
{
	const struct nl_sink sink = { add_one, drop_all, qdiscs };
	struct nl_request room;
	int err = nl_ask(nl, nl_request(&room, RTM_GETQDISC, NLM_F_DUMP, sizeof(struct tcmsg)),
			 &sink);

	return err < 0 ? nl_fail(nl, err, "list the qdiscs") : err;
}

int nl_qdisc_list_classes(struct nl *nl, unsigned int ifindex, struct nl_qdiscs *classes)
{
	const struct nl_sink sink = { add_one, drop_all, classes };
	struct nl_request room;
	struct nlmsghdr *request =
		nl_request(&room, RTM_GETTCLASS, NLM_F_DUMP, sizeof(struct tcmsg));
	struct tcmsg *tc = mnl_nlmsg_get_payload(request);
	int err;

	tc->tcm_ifindex = (int)ifindex;
	err = nl_ask(nl, request, &sink);
	return err < 0 ? nl_fail(nl, err, "list the tc classes of device %u", ifindex) : err;
}

bool nl_qdisc_is_clsact(const struct nl_qdisc *qdisc)
{
	return !strcmp(qdisc->kind, "clsact");
}

bool nl_qdisc_is_ingress(const struct nl_qdisc *qdisc)
{
	return !strcmp(qdisc->kind, "ingress");
}

int nl_qdisc_add_clsact(struct nl *nl, unsigned int ifindex)
{
	struct nl_request room;
	struct nlmsghdr *request =
		nl_request(&room, RTM_NEWQDISC, NLM_F_CREATE | NLM_F_EXCL, sizeof(struct tcmsg));
	struct tcmsg *tc = mnl_nlmsg_get_payload(request);

	tc->tcm_ifindex = (int)ifindex;
	tc->tcm_parent = TC_H_CLSACT;
	tc->tcm_handle = TC_H_MAKE(TC_H_CLSACT, 0);
	mnl_attr_put_strz(request, TCA_KIND, "clsact");
	return nl_ask(nl, request, NULL);
}
