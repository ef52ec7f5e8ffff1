/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Which filter of a hook has a program, and at which pref a new one runs where it is to. */
#ifndef XH_CMD_NET_FILTER_PLACE_H
#define XH_CMD_NET_FILTER_PLACE_H

#include "net/hooks.h"
#include "nl/dev.h"
#include "nl/filter.h"

/* The last cls_bpf filter with that program, or with any where it is NULL; NULL for none. */
const struct nl_filter *net_filter_find(const struct nl_filters *there, const struct obj *prog);

/* True of a cls_bpf filter with that program, or with any where it is NULL. */
bool net_filter_has(const struct nl_filter *filter, const struct obj *prog);

/* How many such there are. */
size_t net_filter_count(const struct nl_filters *there, const struct obj *prog);

/*
 * 0 when a new filter of the same pref runs where `old` does, and as it does; else a negative errno
 * with the failure recorded.
 */
int net_filter_check_place(const struct hook_call *call, const struct nl_filters *there,
			   const struct nl_filter *old);

/*
 * The pref that a new filter needs to run where the call wants it; 0: any, it is the first. Prefs
 * are whole numbers, so there may be no room: a negative errno with the failure recorded.
 */
int net_filter_pref(const struct hook_call *call, const struct nl_filters *there,
		    const struct nl_dev *dev);

/*
 * Each records a failure: `prog` (NULL for any) has no filter, STATUS_MISSING; several have one
 * where a single one was needed.
 */
int net_filter_fail_absent(const struct hook_call *call, const struct nl_dev *dev,
			   const struct obj *prog);
int net_filter_fail_several(const struct hook_call *call, const struct nl_dev *dev,
			    const struct nl_filters *there);

#endif
