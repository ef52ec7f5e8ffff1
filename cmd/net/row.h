/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What all rows of `net list` have: the device, the program's name, its pins, its link. */
#ifndef XH_CMD_NET_ROW_H
#define XH_CMD_NET_ROW_H

#include "about.h"
#include "bpf/progname.h"
#include "net/xdp_links.h"
#include "nl/dev.h"

/* What this process may not see. */
enum row_unseen {
	ROW_UNSEEN_HOOKS = 1 << 0,   /* tcx, netkit, flow_dissector: without CAP_NET_ADMIN */
	ROW_UNSEEN_OBJECTS = 1 << 1, /* names, links, netfilter: without CAP_SYS_ADMIN */
};

/* A listing, as all of its rows share it. */
struct row_list {
	struct out *out;
	struct about about;
	bool knows_holders;
	struct net_links links;
	unsigned int unseen; /* a set of enum row_unseen */

	/* The program that was named last: many devices have the same. */
	uint32_t named_id;
	char name[PROGNAME_MAX];
};

/* Reads pins and links; 0 or a negative errno with the failure recorded. */
int row_list_read(const struct xh *xh, struct row_list *list);
void row_list_free(struct row_list *list);
#define AUTO_ROW_LIST __attribute__((cleanup(row_list_free)))

/* Opens the object of a row and emits the device. */
void row_begin(struct row_list *list, const struct nl_dev *dev);

/* Emits "name", where it is known; `text` as for out_str(). */
void row_name(struct row_list *list, const char *text, uint32_t prog_id);

/*
 * Ends the line, emits where the program is pinned and who keeps the link (0 for none), and closes
 * the object.
 */
void row_end(struct row_list *list, uint32_t prog_id, uint32_t link_id);

/* The same of an XDP program, whose link may be one of several. */
void row_end_xdp(struct row_list *list, uint32_t prog_id, const struct net_xdp_links *links);

/* Says what could not be seen, if there is any such thing: behind all sections. */
void row_list_unseen(const struct row_list *list);

#endif
