// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Which device a link means: the kernel tells an ifindex, but not in which network namespace. */
#include "link/devices.h"

#include "base/err.h"
#include "bpf/mprog.h"
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

static bool has_xdp(const struct nl_xdp *device, uint32_t prog_id)
{
	for (int mode = 0; mode < NL_XDP_MODES; mode++) {
		if (device->prog_id[mode] == prog_id)
			return true;
	}
	return false;
}

bool devices_has(const struct nl_xdp *device, const struct uapi_link_info *link)
{
	struct mprog mprog;

	if (device->dev.ifindex != link->device.ifindex)
		return false;
	if (link->type == UAPI_LINK_XDP)
		return has_xdp(device, link->prog_id);
	if (mprog_query(link->device.ifindex, link->device.attach_type, &mprog))
		return false;
	for (size_t i = 0; i < mprog.count; i++) {
		if (mprog.entries[i].link_id == link->id)
			return true;
	}
	return false;
}

const struct nl_dev *devices_of(struct devices *devices, const struct uapi_link_info *link)
{
	const struct nl_xdp *device;

	read_once(devices);
	device = find(devices, link->device.ifindex);
	if (!device || !devices_has(device, link))
		return NULL;
	if (link->type == UAPI_LINK_XDP &&
	    net_links_xdp(&devices->links, device->dev.ifindex, link->prog_id) != link->id)
		return NULL;
	return &device->dev;
}
