/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Queueing disciplines and their classes: what the filters of tc hang on. */
#ifndef XH_NL_QDISC_H
#define XH_NL_QDISC_H

#include <stdbool.h>
#include <stdint.h>

#include "base/vec.h"

struct nl;
struct nlmsghdr;

#define NL_TC_KIND_MAX 16

/* A qdisc, or a class of one. */
struct nl_qdisc {
	unsigned int ifindex;
	uint32_t handle; /* 0: a default one, which has no filters; of a class its id */
	char kind[NL_TC_KIND_MAX];
};

struct nl_qdiscs VEC(struct nl_qdisc);

/*
 * Reads one RTM_NEWQDISC or RTM_NEWTCLASS message: 0, or -EBADMSG without a failure recorded.
 * (Format: linux/rtnetlink.h, tc_fill_qdisc() of net/sched/sch_api.c)
 */
int nl_qdisc_parse(const struct nlmsghdr *message, struct nl_qdisc *qdisc);

/*
 * Lists the qdiscs of all devices, or the classes of one device; both as nl_ask(), with
 * the failure recorded. The caller frees the vector.
 */
int nl_qdisc_list(struct nl *nl, struct nl_qdiscs *qdiscs);
int nl_qdisc_list_classes(struct nl *nl, unsigned int ifindex, struct nl_qdiscs *classes);

/* True for clsact and ingress, whose filters see what comes in (of clsact also what goes out). */
bool nl_qdisc_is_clsact(const struct nl_qdisc *qdisc);
bool nl_qdisc_is_ingress(const struct nl_qdisc *qdisc);

/*
 * Gives a device the clsact qdisc; 0 or a negative errno, no failure recorded. -EEXIST: it has this
 * or the ingress one already.
 */
int nl_qdisc_add_clsact(struct nl *nl, unsigned int ifindex);

#endif
