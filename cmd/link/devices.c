// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Which device a link means: the kernel tells an ifindex, but not in which network namespace. */
#include "link/devices.h"

#include "base/err.h"
#include "net/xdp_links.h"

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

static enum devices_place find_xdp(struct devices *devices, const struct nl_xdp *device,
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
			return DEVICES_HERE;
		if (found.ids.n)
			return DEVICES_MAYBE_HERE;
	}
	return DEVICES_ELSEWHERE;
}

enum devices_place devices_find(struct devices *devices, const struct uapi_link_info *link,
				const struct nl_dev **dev)
{
	const struct nl_xdp *device;

	read_once(devices);
	device = find(devices, link->device.ifindex);
	if (!device)
		return DEVICES_ELSEWHERE;
	*dev = &device->dev;
	if (link->type == UAPI_LINK_XDP)
		return find_xdp(devices, device, link);
	return net_links_has_mprog(link) ? DEVICES_HERE : DEVICES_ELSEWHERE;
}
