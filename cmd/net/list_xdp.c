// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The XDP section of `net list`. */
#include "base/err.h"
#include "net/bits.h"
#include "net/list.h"
#include "net/xdp.h"
#include "nl/netdev.h"

/* What cannot be found out is not shown. */
static void find_links(const struct list_of *list, const struct nl_xdp *xdp, int mode,
		       struct net_xdp_links *links)
{
	const struct net_xdp_place place = { xdp->dev.ifindex, (enum nl_xdp_mode)mode,
					     xdp->prog_id[mode] };

	if (net_xdp_links_find(list->nl, &list->rows->links, place, links))
		fail_clear();
}

/* " link_id 7 or 9", " link_id 7 or none" */
static void show_maybe(struct out *out, const struct net_xdp_links *links)
{
	struct buf text AUTO_BUF = BUF_EMPTY;

	vec_each (id, &links->ids)
		buf_printf(&text, text.len ? " or %u" : " link_id %u", *id);
	if (!links->certain)
		buf_addstr(&text, " or none");
	out_text(out, buf_str(&text));
}

static void show_prog(const struct list_of *list, uint32_t id, int mode,
		      const struct net_xdp_links *links)
{
	uint32_t link_id = net_xdp_links_exact(links);
	struct out *out = list->rows->out;

	out_str(out, "mode", " %", net_xdp_modes[mode].name);
	out_uint(out, "id", " id %", id);
	out_uint(out, "prog_id", NULL, id);
	row_name(list->rows, " name %", id);
	if (link_id)
		out_uint(out, "link_id", " link_id %", link_id);
	else if (links->ids.n)
		show_maybe(out, links);
}

/* Several modes at once are what only JSON tells apart from one: by an array of them. */
static void show_all(const struct list_of *list, const struct nl_xdp *xdp)
{
	struct out *out = list->rows->out;

	out_array(out, "multi_attachments");
	for (int mode = 0; mode < NL_XDP_MODES; mode++) {
		struct net_xdp_links links AUTO_XDP_LINKS = { 0 };

		if (!xdp->prog_id[mode])
			continue;
		find_links(list, xdp, mode, &links);
		out_object(out, NULL);
		show_prog(list, xdp->prog_id[mode], mode, &links);
		out_end(out);
	}
	out_end(out);
}

static void show_features(struct out *out, const struct nl_netdev *netdev)
{
	if (netdev)
		bits_show(out, "xdp_features", NULL,
			  (struct bits){ netdev->xdp_features, nl_netdev_feature });
}

/* The one mode in which it has a program. */
static void show_only(const struct list_of *list, const struct nl_xdp *xdp,
		      const struct nl_netdev *netdev)
{
	struct net_xdp_links links AUTO_XDP_LINKS = { 0 };
	int mode = 0;

	while (!xdp->prog_id[mode])
		mode++;
	find_links(list, xdp, mode, &links);
	show_prog(list, xdp->prog_id[mode], mode, &links);
	show_features(list->rows->out, netdev);
	row_end_xdp(list->rows, xdp->prog_id[mode], &links);
}

static void show(const struct list_of *list, const struct nl_xdp *xdp,
		 const struct nl_netdevs *netdevs)
{
	const struct nl_netdev *netdev = nl_netdev_of(netdevs, xdp->dev.ifindex);

	row_begin(list->rows, &xdp->dev);
	if (nl_xdp_count(xdp) == 1) {
		show_only(list, xdp, netdev);
	} else {
		show_all(list, xdp);
		show_features(list->rows->out, netdev);
		row_end(list->rows, 0, 0);
	}
}

static bool has_any(const struct nl_xdp_list *devs)
{
	vec_each (xdp, devs) {
		if (nl_xdp_count(xdp))
			return true;
	}
	return false;
}

int list_xdp(const struct list_of *list)
{
	struct nl_netdevs netdevs = { 0 };

	/* What drivers can do is worth a look, but no failure. */
	if (has_any(&list->devs) && nl_netdev_list(&netdevs))
		fail_clear();
	list_section(list->rows->out, "xdp");
	vec_each (xdp, &list->devs) {
		if (nl_xdp_count(xdp))
			show(list, xdp, &netdevs);
	}
	list_section_end(list->rows->out);
	vec_free(&netdevs);
	return 0;
}
