/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Filters of tc made and taken away so that of several processes that do so one wins. */
#ifndef XH_CMD_NET_FILTER_SWAP_H
#define XH_CMD_NET_FILTER_SWAP_H

#include "nl/filter.h"
#include "nl/nl.h"

/*
 * Lists the filters of a hook. Two of one pref may be one that is about to replace the other: they get
 * a moment to do so. 0 or a negative errno with the failure recorded.
 */
int net_filter_list(struct nl *nl, struct nl_filter_hook hook, struct nl_filters *filters);

/*
 * A handle for a new filter, by chance: the kernel would give one that was in use a moment ago, and
 * whoever means the filter that had it then would take away the new one.
 */
uint32_t net_filter_handle(void);

/*
 * Takes a filter away, as it was listed; -ENOENT when it is gone, or has another program by now. 0
 * or a negative errno, no failure recorded: nl_fail() does that.
 */
int net_filter_remove(struct nl *nl, struct nl_filter_hook hook, const struct nl_filter *filter);

/*
 * Puts a new filter, of which `change` has the hook and the program, in the place of an old one. It is
 * made first, and runs before the old one until that is taken away; when that is not to be had, the
 * new one is. As net_filter_remove().
 */
int net_filter_swap(struct nl *nl, struct nl_filter_change *change, const struct nl_filter *old);

#endif
