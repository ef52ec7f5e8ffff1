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
#include "net/filter_swap.h"
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
	return net_filter_list(&target->nl, target->hook, &target->there);
}

static int fail_change(const struct target *target, int err, const char *what)
{
	if (err == -EPERM)
		return net_prog_fail_privilege(err, what);
	return nl_fail(&target->nl, err, "%s %s of %s", what, target->call->hook->name,
		       target->dev.name);
}

/* The filter that is to give way; NULL when there is none, which is as good to overwrite. */
static int find_old(const struct target *target, const struct nl_filter **old)
{
	const struct hook_call *call = target->call;

	if (net_filter_count(&target->there, call->replace) > 1)
		return net_filter_fail_several(call, &target->dev, &target->there);
	*old = net_filter_find(&target->there, call->replace);
	if (*old)
		return net_filter_check_place(call, &target->there, *old);
	return call->overwrite ? 0 : net_filter_fail_absent(call, &target->dev, call->replace);
}

/* The filter that the call was about has gone since it was looked for. */
static int fail_lost(const struct target *target, const struct obj *prog)
{
	if (prog)
		return net_filter_fail_absent(target->call, &target->dev, prog);
	fail_plain(-ESTALE, "the %s programs of %s changed meanwhile, nothing was done (ESTALE)",
		   target->call->hook->name, target->dev.name);
	return fail_hint("try again");
}

static int replace(struct target *target, const struct nl_filter *old,
		   struct nl_filter_change *change)
{
	int err = net_filter_swap(&target->nl, change, old);

	if (err == -ENOENT)
		return fail_lost(target, target->call->replace);
	return err ? fail_change(target, err, "replacing the program at") : 0;
}

/*
 * With the qdisc it needs, which stays when the filter is refused: the kernel would take it away
 * with what others may have hung on it meanwhile.
 */
static int create(struct target *target, struct nl_filter_change *change)
{
	unsigned int ifindex = target->dev.ifindex;
	int err = target->qdisc[0] ? -EEXIST : nl_qdisc_add_clsact(&target->nl, ifindex);
	bool made = !err;

	if (err && err != -EEXIST)
		return fail_change(target, err, "making the clsact qdisc for");
	change->handle = net_filter_handle();
	err = nl_filter_create(&target->nl, change);
	if (!err)
		return 0;
	err = fail_change(target, err, "attaching a program to");
	if (!made)
		return err;
	return fail_hint("the clsact qdisc that was made for it stays, others may use it by now: "
			 "tc qdisc del dev %s clsact",
			 target->dev.name);
}

static int attach_new(struct target *target, struct nl_filter_change *change)
{
	int pref = net_filter_pref(target->call, &target->there, &target->dev);

	if (pref < 0)
		return pref;
	change->pref = (uint16_t)pref;
	change->protocol = ETH_P_ALL;
	return create(target, change);
}

static int fail_attached(const struct target *target)
{
	const struct hook_call *call = target->call;
	char label[NET_PROG_LABEL_MAX];

	return fail_plain(-EEXIST, "%s is attached to %s of %s already (EEXIST)",
			  net_prog_label(call->prog->id, label), call->hook->name,
			  target->dev.name);
}

int net_filter_attach(const struct hook_call *call)
{
	struct target target AUTO_TARGET = { .call = call };
	const struct nl_filter *old = NULL;
	char name[PROGNAME_MAX];
	struct nl_filter_change change = { .prog_fd = call->prog->fd, .name = name };
	int err = look(&target);

	if (!err && !call->overwrite && net_filter_find(&target.there, call->prog))
		err = fail_attached(&target);
	if (!err && (call->overwrite || call->replace))
		err = find_old(&target, &old);
	if (err || (old && old->prog_id == call->prog->id))
		return err;
	net_prog_name_of(call->prog->fd, name);
	change.hook = (struct nl_filter_hook){ target.dev.ifindex, call->hook->where };
	return old ? replace(&target, old, &change) : attach_new(&target, &change);
}

/* All filters with that program, or with any; what others take away meanwhile is gone as well. */
static int detach_all(struct target *target, const struct obj *prog)
{
	size_t count = 0;

	vec_each (filter, &target->there.rows) {
		int err;

		if (!net_filter_has(filter, prog))
			continue;
		err = net_filter_remove(&target->nl, target->hook, filter);
		if (err && err != -ENOENT)
			return fail_change(target, err, "detaching the program from");
		count += !err;
	}
	return count ? 0 : fail_lost(target, prog);
}

int net_filter_detach(const struct hook_call *call)
{
	struct target target AUTO_TARGET = { .call = call };
	int err = look(&target);

	if (err)
		return err;
	if (!call->prog && net_filter_count(&target.there, NULL) > 1)
		return net_filter_fail_several(call, &target.dev, &target.there);
	if (!net_filter_find(&target.there, call->prog))
		return net_filter_fail_absent(call, &target.dev, call->prog);
	return detach_all(&target, call->prog);
}
