// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Which filter of a hook has a program, and at which pref a new one runs where it is to. */
#include "net/filter_place.h"

#include <errno.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "net/prog.h"

/* Programs that an error lists before it says how many more there are. */
#define LISTED 4

bool net_filter_has(const struct nl_filter *filter, const struct obj *prog)
{
	return !strcmp(filter->kind, "bpf") && (!prog || filter->prog_id == prog->id);
}

const struct nl_filter *net_filter_find(const struct nl_filters *there, const struct obj *prog)
{
	const struct nl_filter *found = NULL;

	vec_each (filter, &there->rows) {
		if (net_filter_has(filter, prog))
			found = filter;
	}
	return found;
}

size_t net_filter_count(const struct nl_filters *there, const struct obj *prog)
{
	size_t count = 0;

	vec_each (filter, &there->rows)
		count += net_filter_has(filter, prog);
	return count;
}

static bool is_taken(const struct nl_filters *there, int pref)
{
	vec_each (taken, &there->prefs) {
		if (*taken == pref)
			return true;
	}
	return false;
}

static int last_pref(const struct nl_filters *there)
{
	int last = 0;

	vec_each (pref, &there->prefs)
		last = *pref > last ? *pref : last;
	return last;
}

int net_filter_pref(const struct hook_call *call, const struct nl_filters *there,
		    const struct nl_dev *dev)
{
	const struct nl_filter *beside = NULL;
	int pref = last_pref(there) + 1;

	if (call->beside) {
		beside = net_filter_find(there, call->beside);
		if (!beside)
			return net_filter_fail_absent(call, dev, call->beside);
		pref = beside->pref + (call->place == HOOK_BEFORE ? -1 : 1);
	}
	if (!there->prefs.n || call->place == HOOK_FIRST)
		return 0;
	if (pref > 0 && pref <= UINT16_MAX && !is_taken(there, pref))
		return pref;
	fail_plain(-ERANGE, "the filters of %s at %s leave no room: pref %d is not free (ERANGE)",
		   dev->name, call->hook->name, pref);
	return fail_hint("tcx has no such limit, since Linux 6.6");
}

static int fail_place(const struct hook_call *call, const struct nl_filter *filter, const char *why)
{
	fail_plain(-EOPNOTSUPP, "the filter of pref %u at %s %s (EOPNOTSUPP)", filter->pref,
		   call->hook->name, why);
	return fail_hint("replace it with tc");
}

/* The kernel puts a new filter before those that have its pref already. */
int net_filter_check_place(const struct hook_call *call, const struct nl_filters *there,
			   const struct nl_filter *old)
{
	if (!old->direct_action || old->has_acts || old->chain)
		return fail_place(call, old, "has actions of its own");
	vec_each (filter, &there->rows) {
		if (filter == old)
			break;
		if (filter->pref == old->pref && !filter->chain)
			return fail_place(call, old, "runs behind another one of that pref");
	}
	return 0;
}

int net_filter_fail_absent(const struct hook_call *call, const struct nl_dev *dev,
			   const struct obj *prog)
{
	char label[NET_PROG_LABEL_MAX];

	if (!prog)
		return fail_missing("%s has no %s program", dev->name, call->hook->name);
	return fail_missing("%s is not attached to %s of %s", net_prog_label(prog->id, label),
			    call->hook->name, dev->name);
}

int net_filter_fail_several(const struct hook_call *call, const struct nl_dev *dev,
			    const struct nl_filters *there)
{
	struct buf list AUTO_BUF = BUF_EMPTY;
	char label[NET_PROG_LABEL_MAX];
	size_t seen = 0;

	vec_each (filter, &there->rows) {
		if (net_filter_has(filter, call->replace) && seen++ < LISTED)
			buf_printf(&list, "%s%s (pref %u)", seen > 1 ? ", " : "",
				   net_prog_label(filter->prog_id, label), filter->pref);
	}
	if (seen > LISTED)
		buf_printf(&list, " and %zu more", seen - LISTED);
	fail_plain(-EINVAL, "%s has several %s programs: %s", dev->name, call->hook->name,
		   buf_str(&list));
	if (!call->replace)
		return fail_hint("say which one");
	return fail_hint("xh net detach %s dev %s id %u takes all of these away", call->hook->name,
			 dev->name, call->replace->id);
}
