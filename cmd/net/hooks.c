// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The attach points of network devices: one row each, what `net attach` and `net detach` know. */
#include "net/hooks.h"

#include <linux/bpf.h>
#include <linux/if_link.h>
#include <linux/pkt_sched.h>
#include <linux/rtnetlink.h>

#include "bpf/uapi.h"
#include "net/filter.h"
#include "net/mprog.h"
#include "net/xdp.h"

#define XDP_HOOK(NAME, FLAGS)                                                            \
	{                                                                                \
		.name = (NAME), .prog_type = BPF_PROG_TYPE_XDP, .where = (FLAGS),        \
		.takes_links = true, .attach = net_xdp_attach, .detach = net_xdp_detach, \
	}

#define MPROG_HOOK(NAME, KIND, ATTACH_TYPE, DEVICE_KIND)                                     \
	{                                                                                    \
		.name = (NAME), .kind = (KIND), .prog_type = BPF_PROG_TYPE_SCHED_CLS,        \
		.where = (ATTACH_TYPE), .device_kind = (DEVICE_KIND), .has_order = true,     \
		.takes_links = true, .attach = net_mprog_attach, .detach = net_mprog_detach, \
	}

#define FILTER_HOOK(NAME, KIND, PARENT)                                               \
	{                                                                             \
		.name = (NAME), .kind = (KIND), .prog_type = BPF_PROG_TYPE_SCHED_CLS, \
		.where = (PARENT), .has_order = true, .attach = net_filter_attach,    \
		.detach = net_filter_detach,                                          \
	}

const struct hook hooks[HOOKS] = {
	XDP_HOOK("xdp", 0),
	XDP_HOOK("xdpgeneric", XDP_FLAGS_SKB_MODE),
	XDP_HOOK("xdpdrv", XDP_FLAGS_DRV_MODE),
	XDP_HOOK("xdpoffload", XDP_FLAGS_HW_MODE),
	MPROG_HOOK("tcx_ingress", "tcx/ingress", UAPI_TCX_INGRESS, NULL),
	MPROG_HOOK("tcx_egress", "tcx/egress", UAPI_TCX_EGRESS, NULL),
	MPROG_HOOK("netkit_primary", "netkit/primary", UAPI_NETKIT_PRIMARY, "netkit"),
	MPROG_HOOK("netkit_peer", "netkit/peer", UAPI_NETKIT_PEER, "netkit"),
	FILTER_HOOK("tc_ingress", "clsact/ingress", TC_H_MAKE(TC_H_CLSACT, TC_H_MIN_INGRESS)),
	FILTER_HOOK("tc_egress", "clsact/egress", TC_H_MAKE(TC_H_CLSACT, TC_H_MIN_EGRESS)),
};

const struct choices hook_choices = CHOICES("ATTACH_TYPE", hooks);
