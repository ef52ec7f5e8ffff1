// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Which device a link means: the kernel tells an ifindex, but not in which network namespace. */
#include "link/devices.h"

#include "base/err.h"
#include "nl/nl.h"

void devices_free(struct devices *devices)
{
	vec_free(&devices->devs);
	vec_free(&devices->links);
}

/* What cannot be read leaves devices without their names. */
static void read_once(struct devices *devices)
{
	struct nl nl AUTO_NL = NL_NONE;

	if (devices->read)
		return;
	devices->read = true;
	if (nl_open(&nl) || nl_xdp_list_devs(&nl, NULL, &devices->devs) < 0 ||
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

const struct nl_dev *devices_of(struct devices *devices, const struct uapi_link_info *link)
{
	const struct nl_xdp *device;

	read_once(devices);
	device = find(devices, link->device.ifindex);
	if (!device || !net_links_on_device(device, link))
		return NULL;
	if (link->type == UAPI_LINK_XDP &&
	    net_links_xdp(&devices->links, device->dev.ifindex, link->prog_id) != link->id)
		return NULL;
	return &device->dev;
}
