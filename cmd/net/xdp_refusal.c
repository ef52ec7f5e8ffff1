// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Why the kernel refused to attach or detach an XDP program, and what helps. */
#include "net/xdp_refusal.h"

#include <errno.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "net/prog.h"
#include "net/xdp.h"
#include "net/xdp_links.h"

enum nl_xdp_mode net_xdp_mode_of(const struct hook *hook, const struct nl_xdp *there)
{
	for (int mode = 0; mode < NL_XDP_MODES; mode++) {
		if (hook->where == net_xdp_modes[mode].flag)
			return (enum nl_xdp_mode)mode;
	}
	return there->prog_id[NL_XDP_GENERIC] ? NL_XDP_GENERIC : NL_XDP_DRIVER;
}

/* "program 12 'hello' is attached in driver mode: xh net detach xdpdrv dev v0" */
static int hint_attached(const struct nl_xdp *there)
{
	struct buf hint AUTO_BUF = BUF_EMPTY;
	char label[NET_PROG_LABEL_MAX];

	for (int mode = 0; mode < NL_XDP_MODES; mode++) {
		if (!there->prog_id[mode])
			continue;
		buf_printf(&hint, "%s%s is attached in %s mode: xh net detach %s dev %s",
			   hint.len ? "; " : "", net_prog_label(there->prog_id[mode], label),
			   net_xdp_modes[mode].name, net_xdp_modes[mode].hook, there->dev.name);
	}
	return fail_hint("%s", buf_str(&hint));
}

/* On a socket of its own: that of the call has the kernel's reason. */
static int find_links(const struct net_xdp_place *place, struct net_xdp_links *found)
{
	struct net_links all = { 0 };
	struct nl nl AUTO_NL = NL_NONE;
	int err = nl_open(&nl) ?: net_links_read(&all);

	err = err ?: net_xdp_links_find(&nl, &all, *place, found);
	vec_free(&all);
	return err;
}

/* 0: no link is known to hold the program that is there. */
static int fail_held(const struct hook_call *call, const struct nl_xdp *there)
{
	enum nl_xdp_mode mode = net_xdp_mode_of(call->hook, there);
	const struct net_xdp_place place = { there->dev.ifindex, mode, there->prog_id[mode] };
	struct net_xdp_links links AUTO_XDP_LINKS = { 0 };
	struct buf what AUTO_BUF = BUF_EMPTY;
	char label[NET_PROG_LABEL_MAX];

	if (!place.prog_id || find_links(&place, &links) || !links.certain)
		return 0;
	buf_printf(&what, "%s is attached to %s in %s mode", net_prog_label(place.prog_id, label),
		   there->dev.name, net_xdp_modes[mode].name);
	return net_xdp_links_fail_held(&links, buf_str(&what));
}

/* Something else has the hook: says what, and how to get at it. */
static int fail_busy(const struct nl *nl, const struct hook_call *call, const struct nl_xdp *there)
{
	enum nl_xdp_mode mode = net_xdp_mode_of(call->hook, there);
	uint32_t id = there->prog_id[mode];
	char label[NET_PROG_LABEL_MAX];

	if (!id || call->overwrite || call->replace || strcasestr(nl->reason, "link"))
		return nl_fail(nl, -EBUSY, "change the XDP program of %s", there->dev.name);
	fail_plain(-EBUSY, "%s already has %s in %s mode (EBUSY)", there->dev.name,
		   net_prog_label(id, label), net_xdp_modes[mode].name);
	if (!call->link)
		return fail_hint("add 'replace id %u' to replace exactly that one, or 'overwrite'",
				 id);
	return fail_hint("a new link replaces nothing; xh net detach %s dev %s",
			 net_xdp_modes[mode].hook, there->dev.name);
}

/* What may help where the driver said no. */
static int hint_driver(const struct nl *nl, const struct hook *hook, int err)
{
	if (hook->where == XDP_FLAGS_HW_MODE)
		return fail_hint("to offload takes a device that can, and a program loaded for it");
	if (hook->where == XDP_FLAGS_SKB_MODE)
		return err;
	if (err == -ERANGE || strcasestr(nl->reason, "MTU"))
		return fail_hint("build it as xdp.frags, lower the MTU, or attach as xdpgeneric");
	if (err == -EOPNOTSUPP)
		return fail_hint("attach as xdpgeneric, which needs nothing from the driver");
	return err;
}

/* Links are made without the kernel's own words; of a device it then says no more than these. */
static const char *reason_of_link(int err)
{
	switch (err) {
	case -EEXIST:
		return "native and generic XDP cannot be active at the same time";
	case -EOPNOTSUPP:
		return "the driver has no XDP of its own";
	case -ERANGE:
		return "the MTU is too large for a program without frags";
	}
	return err_text(err);
}

int net_xdp_fail_attach(const struct nl *nl, int err, const struct hook_call *call,
			const struct nl_xdp *there)
{
	char label[NET_PROG_LABEL_MAX];

	if (err == -EPERM)
		return net_prog_fail_privilege(err, "attaching a program to a device");
	if (err == -EBUSY)
		return fail_held(call, there) ?: fail_busy(nl, call, there);
	net_prog_label(call->prog->id, label);
	if (call->link)
		fail_plain(err, "attach %s to %s: %s (%s)", label, there->dev.name,
			   reason_of_link(err), err_name(err));
	else
		nl_fail(nl, err, "attach %s to %s", label, there->dev.name);
	if (err == -EEXIST && nl_xdp_count(there))
		return hint_attached(there);
	return hint_driver(nl, call->hook, err);
}

int net_xdp_fail_detach(const struct nl *nl, int err, const struct hook_call *call,
			const struct nl_xdp *there)
{
	if (err == -EPERM)
		return net_prog_fail_privilege(err, "detaching a program from a device");
	if (err == -EBUSY && fail_held(call, there))
		return err;
	return nl_fail(nl, err, "detach the XDP program of %s", there->dev.name);
}

int net_xdp_fail_absent(const struct hook *hook, const struct obj *prog, const struct nl_xdp *there)
{
	enum nl_xdp_mode mode = net_xdp_mode_of(hook, there);
	char label[NET_PROG_LABEL_MAX], other[NET_PROG_LABEL_MAX];

	if (!nl_xdp_count(there))
		return fail_missing("%s has no XDP program", there->dev.name);
	if (prog && there->prog_id[mode])
		return fail_missing("%s has %s in %s mode, not %s", there->dev.name,
				    net_prog_label(there->prog_id[mode], other),
				    net_xdp_modes[mode].name, net_prog_label(prog->id, label));
	fail_missing("%s has no XDP program in %s mode", there->dev.name,
		     hook->where ? net_xdp_modes[mode].name : "driver");
	return hint_attached(there);
}
