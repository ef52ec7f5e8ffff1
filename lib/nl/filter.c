// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The filters of tc that have BPF programs: asked for, made and taken away. */
#include "nl/filter.h"

#include <arpa/inet.h>
#include <errno.h>

#include <libmnl/libmnl.h>
#include <linux/pkt_cls.h>
#include <linux/rtnetlink.h>

#include "nl/nl.h"

void nl_filters_free(struct nl_filters *filters)
{
	vec_free(&filters->rows);
	vec_free(&filters->acts);
	vec_free(&filters->prefs);
}

static int add_one(const struct nlmsghdr *message, void *into)
{
	return nl_filter_add_parsed(message, into);
}

static void drop_all(void *into)
{
	struct nl_filters *filters = into;

	filters->rows.n = filters->acts.n = filters->prefs.n = 0;
}

static struct nlmsghdr *filter_request(struct nl_request *room, uint16_t type, uint16_t flags,
				       struct nl_filter_hook hook)
{
	struct nlmsghdr *request = nl_request(room, type, flags, sizeof(struct tcmsg));
	struct tcmsg *tc = mnl_nlmsg_get_payload(request);

	tc->tcm_ifindex = (int)hook.ifindex;
	tc->tcm_parent = hook.parent;
	return request;
}

int nl_filter_list(struct nl *nl, struct nl_filter_hook hook, struct nl_filters *filters)
{
	const struct nl_sink sink = { add_one, drop_all, filters };
	struct nl_request room;
	int err = nl_ask(nl, filter_request(&room, RTM_GETTFILTER, NLM_F_DUMP, hook), &sink);

	return err < 0 ? nl_fail(nl, err, "list the tc filters of device %u", hook.ifindex) : err;
}

static void set_place(struct nlmsghdr *request, uint16_t pref, uint16_t protocol, uint32_t handle)
{
	struct tcmsg *tc = mnl_nlmsg_get_payload(request);

	tc->tcm_info = TC_H_MAKE((uint32_t)pref << 16, htons(protocol));
	tc->tcm_handle = handle;
}

int nl_filter_create(struct nl *nl, const struct nl_filter_change *change)
{
	struct nl_request room;
	struct nlmsghdr *request =
		filter_request(&room, RTM_NEWTFILTER, NLM_F_CREATE | NLM_F_EXCL, change->hook);
	struct nlattr *nest;

	set_place(request, change->pref, change->protocol, change->handle);
	mnl_attr_put_strz(request, TCA_KIND, "bpf");
	nest = mnl_attr_nest_start(request, TCA_OPTIONS);
	mnl_attr_put(request, TCA_BPF_FD, sizeof(change->prog_fd), &change->prog_fd);
	mnl_attr_put_strz(request, TCA_BPF_NAME, change->name);
	mnl_attr_put_u32(request, TCA_BPF_FLAGS, TCA_BPF_FLAG_ACT_DIRECT);
	mnl_attr_nest_end(request, nest);
	return nl_ask(nl, request, NULL);
}

int nl_filter_remove(struct nl *nl, struct nl_filter_hook hook, const struct nl_filter *filter)
{
	struct nl_request room;
	struct nlmsghdr *request = filter_request(&room, RTM_DELTFILTER, 0, hook);

	set_place(request, filter->pref, filter->protocol, filter->handle);
	mnl_attr_put_strz(request, TCA_KIND, filter->kind);
	mnl_attr_put_u32(request, TCA_CHAIN, filter->chain);
	return nl_ask(nl, request, NULL);
}
