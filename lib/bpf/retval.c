// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The names of what programs return: actions of XDP and tc. */
#include "bpf/retval.h"

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <stddef.h>

static const char *const xdp_actions[] = {
	[XDP_ABORTED] = "XDP_ABORTED", [XDP_DROP] = "XDP_DROP",         [XDP_PASS] = "XDP_PASS",
	[XDP_TX] = "XDP_TX",           [XDP_REDIRECT] = "XDP_REDIRECT",
};

static const char *const tc_actions[] = {
	[TC_ACT_OK] = "TC_ACT_OK",         [TC_ACT_RECLASSIFY] = "TC_ACT_RECLASSIFY",
	[TC_ACT_SHOT] = "TC_ACT_SHOT",     [TC_ACT_PIPE] = "TC_ACT_PIPE",
	[TC_ACT_STOLEN] = "TC_ACT_STOLEN", [TC_ACT_QUEUED] = "TC_ACT_QUEUED",
	[TC_ACT_REPEAT] = "TC_ACT_REPEAT", [TC_ACT_REDIRECT] = "TC_ACT_REDIRECT",
	[TC_ACT_TRAP] = "TC_ACT_TRAP",
};

static const char *name_in(const char *const *names, size_t count, uint32_t value)
{
	return value < count ? names[value] : NULL;
}

const char *retval_name(uint32_t prog_type, uint32_t value)
{
	switch (prog_type) {
	case BPF_PROG_TYPE_XDP:
		return name_in(xdp_actions, sizeof(xdp_actions) / sizeof(*xdp_actions), value);
	case BPF_PROG_TYPE_SCHED_CLS:
	case BPF_PROG_TYPE_SCHED_ACT:
		if (value == (uint32_t)TC_ACT_UNSPEC)
			return "TC_ACT_UNSPEC";
		return name_in(tc_actions, sizeof(tc_actions) / sizeof(*tc_actions), value);
	default:
		return NULL;
	}
}
