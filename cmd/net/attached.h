/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Where on the devices of this network namespace one program is attached. */
#ifndef XH_CMD_NET_ATTACHED_H
#define XH_CMD_NET_ATTACHED_H

#include "base/vec.h"
#include "net/hooks.h"
#include "nl/dev.h"
#include "nl/filter.h"

struct net_attached {
	const struct hook *hook;
	struct nl_dev dev;
	uint32_t next_id; /* of the program that runs after it on the hook; 0: it is the last */
	struct nl_filter filter; /* which one it is, of those that have a handle */
};

struct net_attached_list VEC(struct net_attached);

/*
 * Adds each place to the list; those that a BPF link made are left out, for only the link can
 * detach there. 0 or a negative errno with the failure recorded. The caller frees the vector.
 */
int net_attached_find(const struct obj *prog, struct net_attached_list *list);

/* The place in words, as listings have it: "driver", "tcx/ingress". */
const char *net_attached_kind(const struct net_attached *place);

/*
 * Detaches the program there, and attaches it again where it was: before the same program, or as
 * the same filter. 0 or a negative errno with the failure recorded.
 */
int net_attached_undo(const struct net_attached *place, const struct obj *prog);
int net_attached_redo(const struct net_attached *place, const struct obj *prog);

#endif
