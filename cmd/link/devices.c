// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Which device a link means: the kernel tells an ifindex, but not in which network namespace. */
#include "link/devices.h"

#include "base/err.h"
#include "bpf/linkinfo.h"
#include "net/xdp_links.h"

enum place {
	HERE,
	MAYBE_HERE, /* a link of another network namespace looks the same */
	ELSEWHERE,
};

void devices_free(struct devices *devices)
{
	vec_free(&devices->devs);
	vec_free(&devices->links);
	nl_close(&devices->nl);
}

/* What cannot be read leaves devices without their names. */
static void read_once(struct devices *devices)
{
	if (devices->read)
		return;
	devices->read = true;
	if (nl_open(&devices->nl) || nl_xdp_list_devs(&devices->nl, NULL, &devices->devs) < 0 ||
	    net_links_read(&devices->links))
		fail_clear();
}

static const struct nl_xdp *find(const struct devices *devices, unsigned int ifindex)
{
	vec_each (xdp, &devices->devs) {
		if (xdp->dev.ifindex == ifindex)
			return xdp;
	}
	return NULL;
}

static enum place find_xdp(struct devices *devices, const struct nl_xdp *device,
			   const struct uapi_link_info *link)
{
	for (int mode = 0; mode < NL_XDP_MODES; mode++) {
		const struct net_xdp_place place = { device->dev.ifindex, (enum nl_xdp_mode)mode,
						     link->prog_id };
		struct net_xdp_links found AUTO_XDP_LINKS = { 0 };

		if (device->prog_id[mode] != link->prog_id)
			continue;
		if (net_xdp_links_find(&devices->nl, &devices->links, place, &found))
			fail_clear();
		if (net_xdp_links_exact(&found) == link->id)
			return HERE;
		if (found.ids.n)
			return MAYBE_HERE;
	}
	return ELSEWHERE;
}

/* Whether a link is attached in this network namespace; if it is, or may be, to which device. */
static enum place find_place(struct devices *devices, const struct uapi_link_info *link,
			     const struct nl_dev **dev)
{
	const struct nl_xdp *device;

	read_once(devices);
	device = find(devices, link->device.ifindex);
	if (!device)
		return ELSEWHERE;
	*dev = &device->dev;
	if (link->type == UAPI_LINK_XDP)
		return find_xdp(devices, device, link);
	return net_links_has_mprog(link) ? HERE : ELSEWHERE;
}

bool devices_has(uint32_t link_type)
{
	return link_type == UAPI_LINK_XDP || link_type == UAPI_LINK_TCX ||
	       link_type == UAPI_LINK_NETKIT;
}

/* An ifindex of another network namespace is no name of this one. */
static void show_attached(struct out *out, struct devices *devices,
			  const struct uapi_link_info *link)
{
	const struct nl_dev *dev = NULL;
	enum place place = find_place(devices, link, &dev);
	uint32_t ifindex = link->device.ifindex;

	if (place == HERE) {
		out_str(out, "devname", "ifindex %", dev->name);
		out_uint(out, "ifindex", "(%)", ifindex);
		return;
	}
	out_str(out, "devname", NULL, "(unknown)");
	out_uint(out, "ifindex", "ifindex %", ifindex);
	if (place == MAYBE_HERE)
		out_str(out, "maybe_devname", " of % or", dev->name);
	out_text(out, " of another network namespace");
}

void devices_show(struct out *out, struct devices *devices, const struct uapi_link_info *link)
{
	if (!linkinfo_is_detached(link)) {
		show_attached(out, devices, link);
		return;
	}
	out_str(out, "devname", "ifindex %", "(detached)");
	out_uint(out, "ifindex", NULL, 0);
}
