// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The XDP section of `net list`. */
#include "base/err.h"
#include "net/bits.h"
#include "net/list.h"
#include "net/xdp.h"
#include "nl/netdev.h"

/* The link by which a mode has its program; 0 for none. */
static uint32_t link_of(const struct list_of *list, const struct nl_xdp *xdp, int mode)
{
	return net_links_xdp(&list->rows->links, xdp->dev.ifindex, xdp->prog_id[mode]);
}

static void show_prog(const struct list_of *list, const struct nl_xdp *xdp, int mode)
{
	uint32_t id = xdp->prog_id[mode], link_id = link_of(list, xdp, mode);
	struct out *out = list->rows->out;

	out_str(out, "mode", " %", net_xdp_modes[mode].name);
	out_uint(out, "id", " id %", id);
	out_uint(out, "prog_id", NULL, id);
	row_name(list->rows, " name %", id);
	if (link_id)
		out_uint(out, "link_id", " link_id %", link_id);
}

/* Several modes at once are what only JSON tells apart from one: by an array of them. */
static void show_all(const struct list_of *list, const struct nl_xdp *xdp)
{
	struct out *out = list->rows->out;

	out_array(out, "multi_attachments");
	for (int mode = 0; mode < NL_XDP_MODES; mode++) {
		if (!xdp->prog_id[mode])
			continue;
		out_object(out, NULL);
		show_prog(list, xdp, mode);
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

static void show(const struct list_of *list, const struct nl_xdp *xdp,
		 const struct nl_netdevs *netdevs)
{
	bool several = nl_xdp_count(xdp) > 1;
	int mode = 0;

	while (!xdp->prog_id[mode])
		mode++;
	row_begin(list->rows, &xdp->dev);
	if (several)
		show_all(list, xdp);
	else
		show_prog(list, xdp, mode);
	show_features(list->rows->out, nl_netdev_of(netdevs, xdp->dev.ifindex));
	if (several)
		row_end(list->rows, 0, 0);
	else
		row_end(list->rows, xdp->prog_id[mode], link_of(list, xdp, mode));
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
