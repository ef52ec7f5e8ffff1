// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The filters of tc that have BPF programs: out of the kernel's messages. */
#include <arpa/inet.h>
#include <errno.h>
#include <string.h>

#include <libmnl/libmnl.h>
#include <linux/pkt_cls.h>
#include <linux/rtnetlink.h>
#include <linux/tc_act/tc_bpf.h>

#include "nl/attr.h"
#include "nl/filter.h"

/* Where each kind of filter keeps its actions, among its options. */
static const struct {
	const char *kind;
	uint16_t acts;
} kinds[] = {
	{ "bpf", TCA_BPF_ACT },           { "basic", TCA_BASIC_ACT },
	{ "cgroup", TCA_CGROUP_ACT },     { "flow", TCA_FLOW_ACT },
	{ "flower", TCA_FLOWER_ACT },     { "fw", TCA_FW_ACT },
	{ "matchall", TCA_MATCHALL_ACT }, { "route", TCA_ROUTE4_ACT },
	{ "u32", TCA_U32_ACT },
};

#define OPTION_ATTRS (TCA_BPF_ID + 1)

static int read_name(const struct nlattr *attr, char name[NL_FILTER_NAME_MAX])
{
	name[0] = '\0';
	return attr ? nl_attr_string(attr, name, NL_FILTER_NAME_MAX) : 0;
}

static int read_u32(const struct nlattr *attr, uint32_t *value)
{
	*value = 0;
	return attr ? nl_attr_u32(attr, value) : 0;
}

static bool is_kind(const struct nlattr *attr, const char *kind)
{
	char string[NL_TC_KIND_MAX];

	return attr && !nl_attr_string(attr, string, sizeof(string)) && !strcmp(string, kind);
}

static int add_act(const struct nlattr *nest, struct nl_filters *filters)
{
	const struct nlattr *attrs[TCA_ACT_OPTIONS + 1], *options[TCA_ACT_BPF_ID + 1];
	struct nl_filter_act act;

	if (nl_attr_nested(nest, attrs, MNL_ARRAY_SIZE(attrs)))
		return -EBADMSG;
	if (!is_kind(attrs[TCA_ACT_KIND], "bpf") || !attrs[TCA_ACT_OPTIONS])
		return 0;
	if (nl_attr_nested(attrs[TCA_ACT_OPTIONS], options, MNL_ARRAY_SIZE(options)))
		return -EBADMSG;
	if (read_name(options[TCA_ACT_BPF_NAME], act.name) ||
	    read_u32(options[TCA_ACT_BPF_ID], &act.prog_id))
		return -EBADMSG;
	return vec_push(&filters->acts, act);
}

static int add_acts(const struct nlattr *nest, struct nl_filter *filter, struct nl_filters *filters)
{
	const struct nlattr *acts[TCA_ACT_MAX_PRIO + 1];
	int err = 0;

	filter->act_at = filters->acts.n;
	filter->has_acts = nest != NULL;
	if (!nest)
		return 0;
	if (nl_attr_nested(nest, acts, MNL_ARRAY_SIZE(acts)))
		return -EBADMSG;
	for (size_t i = 0; !err && i < MNL_ARRAY_SIZE(acts); i++)
		err = acts[i] ? add_act(acts[i], filters) : 0;
	filter->act_count = filters->acts.n - filter->act_at;
	return err;
}

static int parse_bpf(const struct nlattr *const *options, struct nl_filter *filter)
{
	uint32_t flags;

	if (read_name(options[TCA_BPF_NAME], filter->name) ||
	    read_u32(options[TCA_BPF_ID], &filter->prog_id) ||
	    read_u32(options[TCA_BPF_FLAGS], &flags))
		return -EBADMSG;
	filter->direct_action = flags & TCA_BPF_FLAG_ACT_DIRECT;
	return 0;
}

/* Filters without BPF, and those of unknown kinds, are passed over. */
static int add_filter(const struct nlattr *nest, struct nl_filter *filter,
		      struct nl_filters *filters)
{
	const struct nlattr *options[OPTION_ATTRS], *acts = NULL;
	bool is_bpf = !strcmp(filter->kind, "bpf");
	int err;

	if (nl_attr_nested(nest, options, MNL_ARRAY_SIZE(options)))
		return -EBADMSG;
	for (size_t i = 0; i < MNL_ARRAY_SIZE(kinds); i++) {
		if (!strcmp(filter->kind, kinds[i].kind))
			acts = options[kinds[i].acts];
	}
	err = add_acts(acts, filter, filters);
	if (!err && is_bpf)
		err = parse_bpf(options, filter);
	if (err || (!is_bpf && !filter->act_count))
		return err;
	return vec_push(&filters->rows, *filter);
}

int nl_filter_add_parsed(const struct nlmsghdr *message, struct nl_filters *filters)
{
	const struct nlattr *attrs[TCA_CHAIN + 1];
	const struct tcmsg *tc = mnl_nlmsg_get_payload(message);
	const char *rest = mnl_nlmsg_get_payload_offset(message, sizeof(*tc));
	size_t len = mnl_nlmsg_get_payload_len(message);
	struct nl_filter filter = { 0 };

	if (message->nlmsg_type != RTM_NEWTFILTER || len < sizeof(*tc))
		return -EBADMSG;
	if (nl_attr_table(rest, len - sizeof(*tc), attrs, MNL_ARRAY_SIZE(attrs)))
		return -EBADMSG;
	if (!attrs[TCA_KIND] || nl_attr_string(attrs[TCA_KIND], filter.kind, sizeof(filter.kind)))
		return -EBADMSG;
	/* Each pref comes once more, without options, for all filters that have it. */
	if (!attrs[TCA_OPTIONS])
		return 0;
	filter.handle = tc->tcm_handle;
	filter.pref = (uint16_t)(tc->tcm_info >> 16);
	filter.protocol = ntohs((uint16_t)tc->tcm_info);
	if (read_u32(attrs[TCA_CHAIN], &filter.chain))
		return -EBADMSG;
	if (!filter.chain && vec_push(&filters->prefs, filter.pref))
		return -ENOMEM;
	return add_filter(attrs[TCA_OPTIONS], &filter, filters);
}
