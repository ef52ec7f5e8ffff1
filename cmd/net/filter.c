// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Filters of tc as attach points, for kernels before tcx: clsact and cls_bpf, direct-action. */
#include "net/filter.h"

#include <errno.h>
#include <string.h>

#include <linux/if_ether.h>
#include <linux/pkt_sched.h>
#include <linux/rtnetlink.h>

#include "base/err.h"
#include "net/filter_place.h"
#include "net/hooks.h"
#include "net/prog.h"
#include "nl/nl.h"

/* A call, and what is at its hook. */
struct target {
	const struct hook_call *call;
	struct nl nl;
	struct nl_dev dev;
	struct nl_filter_hook hook;
	char qdisc[NL_TC_KIND_MAX]; /* what filters hang on; "" when there is none */
	struct nl_filters there;
};

#define AUTO_TARGET __attribute__((cleanup(target_free)))

static void target_free(struct target *target)
{
	nl_filters_free(&target->there);
	nl_close(&target->nl);
}

static int find_qdisc(struct target *target)
{
	struct nl_qdiscs qdiscs = { 0 };
	int err = nl_qdisc_list(&target->nl, &qdiscs);

	vec_each (qdisc, &qdiscs) {
		if (qdisc->ifindex == target->dev.ifindex &&
		    (nl_qdisc_is_clsact(qdisc) || nl_qdisc_is_ingress(qdisc)))
			memcpy(target->qdisc, qdisc->kind, sizeof(target->qdisc));
	}
	vec_free(&qdiscs);
	return err < 0 ? err : 0;
}

static bool is_egress(const struct hook *hook)
{
	return hook->where == TC_H_MAKE(TC_H_CLSACT, TC_H_MIN_EGRESS);
}

static int look(struct target *target)
{
	const struct hook_call *call = target->call;
	int err = nl_open(&target->nl) ?: nl_dev_find(&target->nl, call->dev, &target->dev);

	err = err ?: find_qdisc(target);
	if (err || !target->qdisc[0])
		return err;
	if (!strcmp(target->qdisc, "ingress") && is_egress(call->hook))
		return fail_plain(-EEXIST, "%s has the qdisc ingress, which has no egress (EEXIST)",
				  target->dev.name);
	target->hook = (struct nl_filter_hook){ target->dev.ifindex, call->hook->where };
	err = nl_filter_list(&target->nl, target->hook, &target->there);
	return err < 0 ? err : 0;
}

static int fail_change(const struct target *target, int err, const char *what)
{
	if (err == -EPERM)
		return net_prog_fail_privilege(err, what);
	return nl_fail(&target->nl, err, "%s %s of %s", what, target->call->hook->name,
		       target->dev.name);
}

/* The filter that is to give way; NULL when there is none, which is as good to overwrite(). */
static int find_old(const struct target *target, const struct nl_filter **old)
{
	const struct hook_call *call = target->call;

	if (call->overwrite && net_filter_count(&target->there) > 1)
		return net_filter_fail_several(call, &target->dev, &target->there);
	*old = net_filter_find(&target->there, call->replace);
	if (!*old)
		return call->overwrite ? 0
				       : net_filter_fail_absent(call, &target->dev, call->replace);
	if ((*old)->direct_action && !(*old)->has_acts && !(*old)->chain)
		return 0;
	fail_plain(-EOPNOTSUPP,
		   "the filter of pref %u at %s of %s has actions of its own "
		   "(EOPNOTSUPP)",
		   (*old)->pref, call->hook->name, target->dev.name);
	return fail_hint("replace it with tc");
}

static int replace(struct target *target, const struct nl_filter *old,
		   struct nl_filter_change *change)
{
	int err;

	change->pref = old->pref;
	change->protocol = old->protocol;
	change->handle = old->handle;
	err = nl_filter_replace(&target->nl, change);
	return err ? fail_change(target, err, "replacing the program at") : 0;
}

/* True when nothing hangs on the qdisc, in either direction. */
static bool is_empty(struct target *target)
{
	const uint32_t parents[] = { TC_H_MIN_INGRESS, TC_H_MIN_EGRESS };
	bool empty = true;

	for (int i = 0; empty && i < 2; i++) {
		const struct nl_filter_hook hook = { target->dev.ifindex,
						     TC_H_MAKE(TC_H_CLSACT, parents[i]) };
		struct nl_filters filters AUTO_FILTERS = { 0 };

		empty = nl_filter_list(&target->nl, hook, &filters) == 0 && !filters.prefs.n;
	}
	return empty;
}

/* With the qdisc it needs; without, and what others hung on it meanwhile left alone, if it fails. */
static int create(struct target *target, struct nl_filter_change *change)
{
	unsigned int ifindex = target->dev.ifindex;
	int err = target->qdisc[0] ? -EEXIST : nl_qdisc_add_clsact(&target->nl, ifindex);
	bool made = !err;
	struct failure why;

	if (err && err != -EEXIST)
		return fail_change(target, err, "making the clsact qdisc for");
	err = nl_filter_create(&target->nl, change);
	if (!err)
		return 0;
	fail_change(target, err, "attaching a program to");
	why = *fail_last();
	if (made && is_empty(target))
		nl_qdisc_remove_clsact(&target->nl, ifindex);
	return fail_restore(&why);
}

static int attach_new(struct target *target, struct nl_filter_change *change)
{
	const struct hook_call *call = target->call;
	char label[NET_PROG_LABEL_MAX];
	int pref;

	if (net_filter_find(&target->there, call->prog))
		return fail_plain(-EEXIST, "%s is attached to %s of %s already (EEXIST)",
				  net_prog_label(call->prog->id, label), call->hook->name,
				  target->dev.name);
	pref = net_filter_pref(call, &target->there, &target->dev);
	if (pref < 0)
		return pref;
	change->pref = (uint16_t)pref;
	change->protocol = ETH_P_ALL;
	return create(target, change);
}

int net_filter_attach(const struct hook_call *call)
{
	struct target target AUTO_TARGET = { .call = call };
	const struct nl_filter *old = NULL;
	char name[PROGNAME_MAX];
	struct nl_filter_change change = { .prog_fd = call->prog->fd, .name = name };
	int err = look(&target);

	if (!err && (call->overwrite || call->replace))
		err = find_old(&target, &old);
	if (err)
		return err;
	net_prog_name_of(call->prog->fd, name);
	change.hook = (struct nl_filter_hook){ target.dev.ifindex, call->hook->where };
	return old ? replace(&target, old, &change) : attach_new(&target, &change);
}

int net_filter_detach(const struct hook_call *call)
{
	struct target target AUTO_TARGET = { .call = call };
	const struct nl_filter *filter;
	int err = look(&target);

	if (err)
		return err;
	if (!call->prog && net_filter_count(&target.there) > 1)
		return net_filter_fail_several(call, &target.dev, &target.there);
	filter = net_filter_find(&target.there, call->prog);
	if (!filter)
		return net_filter_fail_absent(call, &target.dev, call->prog);
	err = nl_filter_remove(&target.nl, target.hook, filter);
	return err ? fail_change(&target, err, "detaching the program from") : 0;
}
