// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Filters of tc made and taken away so that of several processes that do so one wins. */
#include "net/filter_swap.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "base/err.h"

/* How long filters of tc(8) that share a pref for good are taken for a swap. */
#define SWAP_TRIES   10
#define SWAP_WAIT_MS 5

static bool may_be_swapped(const struct nl_filters *filters)
{
	for (size_t i = 1; i < filters->rows.n; i++) {
		const struct nl_filter *filter = &filters->rows.v[i];

		if (!strcmp(filter->kind, "bpf") && filter->pref == filter[-1].pref &&
		    filter->chain == filter[-1].chain)
			return true;
	}
	return false;
}

int net_filter_list(struct nl *nl, struct nl_filter_hook hook, struct nl_filters *filters)
{
	const struct timespec wait = { .tv_nsec = SWAP_WAIT_MS * 1000000L };
	int err = nl_filter_list(nl, hook, filters);

	for (int tries = 0; tries < SWAP_TRIES && err >= 0 && may_be_swapped(filters); tries++) {
		nl_filters_free(filters);
		nanosleep(&wait, NULL);
		err = nl_filter_list(nl, hook, filters);
	}
	return err < 0 ? err : 0;
}

uint32_t net_filter_handle(void)
{
	uint32_t handle = 0;

	/* So few bytes come at once and whole; 0 leaves it to the kernel after all. */
	if (getrandom(&handle, sizeof(handle), 0) < 0)
		return 0;
	return handle;
}

static bool is_same(const struct nl_filter *one, const struct nl_filter *other)
{
	return one->handle == other->handle && one->pref == other->pref &&
	       one->chain == other->chain && one->prog_id == other->prog_id &&
	       !strcmp(one->kind, other->kind);
}

/* cls_bpf has nothing to compare with: what the filter is can only be looked at right before. */
int net_filter_remove(struct nl *nl, struct nl_filter_hook hook, const struct nl_filter *filter)
{
	struct nl_filters now AUTO_FILTERS = { 0 };
	int err = nl_filter_list(nl, hook, &now);

	if (err < 0) {
		fail_clear();
		return err;
	}
	vec_each (row, &now.rows) {
		if (is_same(row, filter))
			return nl_filter_remove(nl, hook, filter);
	}
	return -ENOENT;
}

int net_filter_swap(struct nl *nl, struct nl_filter_change *change, const struct nl_filter *old)
{
	struct nl_filter made = { .kind = "bpf", .protocol = old->protocol, .pref = old->pref };
	int err;

	change->protocol = old->protocol;
	change->pref = old->pref;
	change->handle = made.handle = net_filter_handle();
	err = nl_filter_create(nl, change);
	if (err)
		return err;
	err = net_filter_remove(nl, change->hook, old);
	if (err)
		nl_filter_remove(nl, change->hook, &made);
	return err;
}
