// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The network device that a program or a map was offloaded to. */
#include "device.h"

#include <net/if.h>
#include <stdio.h>
#include <sys/stat.h>

#include "out/out.h"

/* Its name; NULL in another network namespace, where the number means another device. */
static const char *name_of(const struct device *device, char name[IFNAMSIZ])
{
	struct stat st;

	if (stat("/proc/self/ns/net", &st) || st.st_dev != device->netns_dev ||
	    st.st_ino != device->netns_ino)
		return NULL;
	return if_indextoname(device->ifindex, name);
}

void device_text(struct out *out, const struct device *device)
{
	char scratch[IFNAMSIZ];
	const char *name;

	if (!device->ifindex)
		return;
	name = name_of(device, scratch);
	if (name) {
		out_str(out, NULL, "offloaded_to %", name);
		return;
	}
	out_uint(out, NULL, "offloaded_to ifindex %", device->ifindex);
	out_gap(out, " ");
	out_uint(out, NULL, "ns_dev %", device->netns_dev);
	out_uint(out, NULL, "ns_ino %", device->netns_ino);
	out_gap(out, "  ");
}

void device_json(struct out *out, const struct device *device)
{
	char scratch[IFNAMSIZ];
	const char *name;

	if (!device->ifindex)
		return;
	name = name_of(device, scratch);
	out_object(out, "dev");
	out_uint(out, "ifindex", NULL, device->ifindex);
	out_uint(out, "ns_dev", NULL, device->netns_dev);
	out_uint(out, "ns_inode", NULL, device->netns_ino);
	if (name)
		out_str(out, "ifname", NULL, name);
	out_end(out);
}
