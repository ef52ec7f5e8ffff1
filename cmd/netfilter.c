// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Where in netfilter a link is attached, as `net list` and `link list` tell it. */
#include "netfilter.h"

#include <linux/netfilter.h>
#include <linux/netfilter_arp.h>
#include <stddef.h>

#include "out/out.h"

static const char *const families[] = {
	[NFPROTO_INET] = "inet",     [NFPROTO_IPV4] = "ip",       [NFPROTO_ARP] = "arp",
	[NFPROTO_NETDEV] = "netdev", [NFPROTO_BRIDGE] = "bridge", [NFPROTO_IPV6] = "ip6",
};

/* Those of a bridge have the same numbers. */
static const char *const inet_hooks[] = {
	[NF_INET_PRE_ROUTING] = "prerouting",   [NF_INET_LOCAL_IN] = "input",
	[NF_INET_FORWARD] = "forward",          [NF_INET_LOCAL_OUT] = "output",
	[NF_INET_POST_ROUTING] = "postrouting",
};

static const char *const arp_hooks[] = {
	[NF_ARP_IN] = "input",
	[NF_ARP_OUT] = "output",
};

#define NAME_OF(TABLE, number) \
	((number) < sizeof(TABLE) / sizeof((TABLE)[0]) ? (TABLE)[number] : NULL)

static const char *hook_name(uint32_t family, uint32_t hook)
{
	switch (family) {
	case NFPROTO_INET:
	case NFPROTO_IPV4:
	case NFPROTO_IPV6:
	case NFPROTO_BRIDGE:
		return NAME_OF(inet_hooks, hook);
	case NFPROTO_ARP:
		return NAME_OF(arp_hooks, hook);
	}
	return NULL;
}

void netfilter_show(struct out *out, const struct uapi_link_info *link)
{
	uint32_t family = link->netfilter.pf, hook = link->netfilter.hooknum;
	const char *family_name = NAME_OF(families, family);
	const char *hook_word = hook_name(family, hook);

	out_gap(out, "");
	out_uint(out, "pf", family_name ? NULL : "pf: %", family);
	if (family_name)
		out_str(out, NULL, "%", family_name);
	out_uint(out, "hook", hook_word ? NULL : ", hook %,", hook);
	if (hook_word)
		out_str(out, NULL, " %", hook_word);
	out_int(out, "prio", " prio %", link->netfilter.priority);
	out_uint(out, "flags", NULL, link->netfilter.flags);
	if (link->netfilter.flags)
		out_hex(out, NULL, " flags %", link->netfilter.flags);
	out_gap(out, "  ");
}
