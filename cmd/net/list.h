/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The sections of `net list`, each an array in JSON. */
#ifndef XH_CMD_NET_LIST_H
#define XH_CMD_NET_LIST_H

#include "net/row.h"
#include "nl/nl.h"
#include "nl/xdp.h"

/* What is listed of one network namespace: that which this thread is in. */
struct list_of {
	struct row_list *rows;
	struct nl *nl;
	struct nl_xdp_list devs; /* also those that have no XDP program */
};

/* Begin and end a section. */
void list_section(struct out *out, const char *key);
void list_section_end(struct out *out);

/*
 * One section each, rows of devices in the order of `devs`. What cannot be asked is left out, and
 * noted in rows->unseen where it is for lack of a capability. 0 or a negative errno with the
 * failure recorded.
 */
int list_xdp(const struct list_of *list);
int list_tc(const struct list_of *list);
int list_flow_dissector(const struct list_of *list);
int list_netfilter(const struct list_of *list);

#endif
