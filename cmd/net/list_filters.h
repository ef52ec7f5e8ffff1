/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The rows of `net list` that are filters of qdiscs and classes. */
#ifndef XH_CMD_NET_LIST_FILTERS_H
#define XH_CMD_NET_LIST_FILTERS_H

#include "net/list.h"
#include "nl/qdisc.h"

/*
 * Lists the qdiscs that can have filters, of all devices at once, so that devices without any are
 * not asked. 0 or a negative errno with the failure recorded. The caller frees the vector.
 */
int list_filters_qdiscs(const struct list_of *list, struct nl_qdiscs *qdiscs);

/*
 * Shows the BPF filters of a device: those of classes, of qdiscs, then of clsact. A device that
 * vanishes meanwhile has none. 0 or a negative errno with the failure recorded.
 */
int list_filters_show(const struct list_of *list, const struct nl_qdiscs *qdiscs,
		      const struct nl_dev *dev);

#endif
