// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* By which BPF link a device has an XDP program: the kernel tells that it is one, not which. */
#include "net/xdp_links.h"

#include <errno.h>

#include "base/err.h"
#include "net/xdp.h"

void net_xdp_links_free(struct net_xdp_links *links)
{
	vec_free(&links->ids);
}

static int add_alike(const struct net_links *all, struct net_xdp_place place,
		     struct net_xdp_links *links)
{
	vec_each (link, all) {
		if (link->type != UAPI_LINK_XDP || link->device.ifindex != place.ifindex ||
		    link->prog_id != place.prog_id)
			continue;
		if (vec_push(&links->ids, link->id))
			return fail(-ENOMEM, "list the links");
	}
	return 0;
}

int net_xdp_links_find(struct nl *nl, const struct net_links *all, struct net_xdp_place place,
		       struct net_xdp_links *links)
{
	int err = add_alike(all, place, links), by_link;

	if (err || !links->ids.n)
		return err;
	by_link = nl_xdp_is_by_link(nl, place.ifindex, net_xdp_modes[place.mode].flag);
	links->certain = by_link == 1;
	if (!by_link)
		links->ids.n = 0;
	return 0;
}

uint32_t net_xdp_links_exact(const struct net_xdp_links *links)
{
	return links->certain && links->ids.n == 1 ? links->ids.v[0] : 0;
}

int net_xdp_links_fail_held(const struct net_xdp_links *links, const char *what)
{
	struct buf list AUTO_BUF = BUF_EMPTY;

	if (links->ids.n == 1)
		return net_links_fail_held(links->ids.v[0], what);
	vec_each (id, &links->ids) {
		struct buf keepers AUTO_BUF = BUF_EMPTY;

		net_links_keepers(*id, &keepers);
		buf_printf(&list, "%s%u%s%s%s", list.len ? " or " : "", *id,
			   keepers.len ? " (" : "", buf_str(&keepers), keepers.len ? ")" : "");
	}
	fail_plain(-EBUSY, "%s by BPF link %s (EBUSY)", what, buf_str(&list));
	return fail_hint("which of them the kernel does not tell: the others are attached in other "
			 "network namespaces");
}
