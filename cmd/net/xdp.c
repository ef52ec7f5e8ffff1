// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* XDP as an attach point: attach and detach, and why the kernel refused. */
#include "net/xdp.h"

#include <errno.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "bpf/info.h"
#include "bpf/sys.h"
#include "net/hooks.h"
#include "net/prog.h"
#include "nl/nl.h"

const struct net_xdp_mode net_xdp_modes[NL_XDP_MODES] = {
	[NL_XDP_GENERIC] = { "generic", "xdpgeneric", XDP_FLAGS_SKB_MODE },
	[NL_XDP_DRIVER] = { "driver", "xdpdrv", XDP_FLAGS_DRV_MODE },
	[NL_XDP_OFFLOAD] = { "offload", "xdpoffload", XDP_FLAGS_HW_MODE },
};

/*
 * The mode that a hook means. Plain xdp is the driver's mode, or the generic one where the driver
 * has none; of the two, a device has a program in one at most.
 */
static enum nl_xdp_mode mode_of(const struct hook *hook, const struct nl_xdp *there)
{
	for (int mode = 0; mode < NL_XDP_MODES; mode++) {
		if (hook->xdp_flags == net_xdp_modes[mode].flag)
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

static int fail_privilege(int err, const char *what)
{
	fail_plain(err, "%s needs CAP_NET_ADMIN (%s)", what, err_name(err));
	return fail_hint("try: sudo xh net …");
}

struct link_search {
	unsigned int ifindex;
	uint32_t prog_id;
	uint32_t link_id;
};

/* The program is compared too: a link of another network namespace may give the same ifindex. */
static int visit_link(const struct obj *link, void *context)
{
	struct link_search *search = context;
	struct bpf_link_info info;

	if (info_link(link->fd, &info) || info.type != BPF_LINK_TYPE_XDP)
		return 0;
	if (info.xdp.ifindex != search->ifindex || info.prog_id != search->prog_id)
		return 0;
	search->link_id = link->id;
	return 1;
}

/* The link by which the program is attached; 0 when there is none or links may not be listed. */
static uint32_t link_id_of(const struct nl_xdp *there, uint32_t prog_id)
{
	struct link_search search = { .ifindex = there->dev.ifindex, .prog_id = prog_id };

	obj_walk(OBJ_LINK, visit_link, &search);
	return search.link_id;
}

/* Something else has the hook: says what, and how to get at it. */
static int fail_busy(const struct nl *nl, const struct hook_call *call, const struct nl_xdp *there)
{
	enum nl_xdp_mode mode = mode_of(call->hook, there);
	uint32_t id = there->prog_id[mode], link_id = id ? link_id_of(there, id) : 0;
	char label[NET_PROG_LABEL_MAX];

	if (link_id) {
		fail_plain(-EBUSY, "%s is attached to %s in %s mode by BPF link %u (EBUSY)",
			   net_prog_label(id, label), there->dev.name, net_xdp_modes[mode].name,
			   link_id);
		return fail_hint("it goes when the link is unpinned and its holders end");
	}
	if (!id || call->overwrite || !call->prog)
		return nl_fail(nl, -EBUSY, "change the XDP program of %s", there->dev.name);
	fail_plain(-EBUSY, "%s already has %s in %s mode (EBUSY)", there->dev.name,
		   net_prog_label(id, label), net_xdp_modes[mode].name);
	return fail_hint("add 'overwrite' to replace it");
}

/* What may help where the driver said no. */
static int hint_driver(const struct nl *nl, const struct hook *hook, int err)
{
	if (hook->xdp_flags == XDP_FLAGS_HW_MODE)
		return fail_hint("to offload takes a device that can, and a program loaded for it");
	if (hook->xdp_flags == XDP_FLAGS_SKB_MODE)
		return err;
	if (err == -ERANGE || strcasestr(nl->reason, "MTU"))
		return fail_hint("build it as xdp.frags, lower the MTU, or attach as xdpgeneric");
	if (err == -EOPNOTSUPP)
		return fail_hint("attach as xdpgeneric, which needs nothing from the driver");
	return err;
}

static int fail_attach(const struct nl *nl, int err, const struct hook_call *call,
		       const struct nl_xdp *there)
{
	char label[NET_PROG_LABEL_MAX];

	if (err == -EPERM)
		return fail_privilege(err, "attaching a program to a device");
	if (err == -EBUSY)
		return fail_busy(nl, call, there);
	nl_fail(nl, err, "attach %s to %s", net_prog_label(call->prog->id, label), there->dev.name);
	if (err == -EEXIST && nl_xdp_count(there))
		return hint_attached(there);
	return hint_driver(nl, call->hook, err);
}

int net_xdp_attach(const struct hook_call *call)
{
	uint32_t no_replacing = call->overwrite ? 0 : XDP_FLAGS_UPDATE_IF_NOEXIST;
	struct nl nl AUTO_NL = NL_NONE;
	struct nl_xdp there;
	int err = nl_open(&nl) ?: nl_xdp_find(&nl, call->dev, &there);

	if (err)
		return err;
	err = nl_xdp_change(&nl, &(struct nl_xdp_change){
					 .ifindex = there.dev.ifindex,
					 .flags = call->hook->xdp_flags | no_replacing,
					 .prog_fd = call->prog->fd,
					 .expected_fd = -1,
				 });
	return err ? fail_attach(&nl, err, call, &there) : 0;
}

static int fail_absent(const struct hook_call *call, const struct nl_xdp *there)
{
	const struct hook *hook = call->hook;

	if (!nl_xdp_count(there))
		return fail_missing("%s has no XDP program", there->dev.name);
	fail_missing("%s has no XDP program in %s mode", there->dev.name,
		     hook->xdp_flags ? net_xdp_modes[mode_of(hook, there)].name : "driver");
	return hint_attached(there);
}

static int fail_detach(const struct nl *nl, int err, const struct hook_call *call,
		       const struct nl_xdp *there)
{
	if (err == -EPERM)
		return fail_privilege(err, "detaching a program from a device");
	if (err == -EBUSY)
		return fail_busy(nl, call, there);
	return nl_fail(nl, err, "detach the XDP program of %s", there->dev.name);
}

/*
 * The kernel does nothing, and says so or not, when plain xdp turned out to be the other mode, or
 * when another program took the place: look again which it was.
 */
static int check_detached(struct nl *nl, int err, const struct hook_call *call,
			  const struct nl_xdp *there)
{
	enum nl_xdp_mode mode = mode_of(call->hook, there);
	uint32_t id = there->prog_id[mode];
	char label[NET_PROG_LABEL_MAX];
	struct nl_xdp now;
	int lost = nl_xdp_find(nl, call->dev, &now);

	if (lost)
		return lost;
	if (now.prog_id[mode] == id)
		return fail_absent(call, &now);
	if (!err)
		return 0;
	return fail_plain(err, "%s left %s meanwhile, nothing was detached (%s)",
			  net_prog_label(id, label), there->dev.name, err_name(err));
}

int net_xdp_detach(const struct hook_call *call)
{
	struct nl nl AUTO_NL = NL_NONE;
	auto_fd int expected_fd = -1;
	struct nl_xdp there;
	uint32_t id;
	int err = nl_open(&nl) ?: nl_xdp_find(&nl, call->dev, &there);

	if (err)
		return err;
	id = there.prog_id[mode_of(call->hook, &there)];
	if (!id)
		return fail_absent(call, &there);
	expected_fd = sys_prog_by_id(id);
	if (expected_fd < 0 && expected_fd != -EPERM)
		return check_detached(&nl, expected_fd, call, &there);
	err = nl_xdp_change(&nl, &(struct nl_xdp_change){
					 .ifindex = there.dev.ifindex,
					 .flags = call->hook->xdp_flags,
					 .prog_fd = -1,
					 .expected_fd = expected_fd,
				 });
	if (err == -EEXIST || (!err && expected_fd < 0))
		return check_detached(&nl, err, call, &there);
	return err ? fail_detach(&nl, err, call, &there) : 0;
}
