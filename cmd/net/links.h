/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Programs of the network that a BPF link attached: which link it is, and who keeps it. */
#ifndef XH_CMD_NET_LINKS_H
#define XH_CMD_NET_LINKS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/vec.h"
#include "bpf/uapi_link.h"

struct net_links VEC(struct uapi_link_info);

/* All links; 0 or a negative errno with the failure recorded. The caller frees the vector. */
int net_links_read(struct net_links *links);

/*
 * True when that tcx or netkit link is attached in this network namespace: its ifindex alone may be
 * that of a device of another one.
 */
bool net_links_has_mprog(const struct uapi_link_info *link);

/* Appends "pinned at …, held by …": all that keeps a link; nothing when nothing is known to. */
void net_links_keepers(uint32_t link_id, struct buf *text);

/*
 * Records -EBUSY: "<what> by BPF link 5 (pinned at …, held by …) (EBUSY)", with what removes it.
 */
int net_links_fail_held(uint32_t link_id, const char *what);

#endif
