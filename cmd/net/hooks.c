// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The attach points of network devices: one row each, what `net attach` and `net detach` know. */
#include "net/hooks.h"

#include <linux/bpf.h>
#include <linux/if_link.h>

#include "net/xdp.h"

#define XDP_HOOK(NAME, FLAGS)                                                         \
	{                                                                             \
		.name = (NAME), .prog_type = BPF_PROG_TYPE_XDP, .xdp_flags = (FLAGS), \
		.attach = net_xdp_attach, .detach = net_xdp_detach,                   \
	}

static const struct hook hooks[] = {
	XDP_HOOK("xdp", 0),
	XDP_HOOK("xdpgeneric", XDP_FLAGS_SKB_MODE),
	XDP_HOOK("xdpdrv", XDP_FLAGS_DRV_MODE),
	XDP_HOOK("xdpoffload", XDP_FLAGS_HW_MODE),
};

const struct choices hook_choices = CHOICES("ATTACH_TYPE", hooks);
