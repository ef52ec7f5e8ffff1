// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* XDP as an attach point: attach and detach, over netlink or by a link. */
#include "net/xdp.h"

#include <errno.h>

#include "base/err.h"
#include "bpf/bpffs.h"
#include "bpf/sys.h"
#include "bpf/uapi_attach.h"
#include "net/bylink.h"
#include "net/hooks.h"
#include "net/prog.h"
#include "net/xdp_refusal.h"
#include "nl/nl.h"

const struct net_xdp_mode net_xdp_modes[NL_XDP_MODES] = {
	[NL_XDP_GENERIC] = { "generic", "xdpgeneric", XDP_FLAGS_SKB_MODE },
	[NL_XDP_DRIVER] = { "driver", "xdpdrv", XDP_FLAGS_DRV_MODE },
	[NL_XDP_OFFLOAD] = { "offload", "xdpoffload", XDP_FLAGS_HW_MODE },
};

static int attach_by_link(const struct nl *nl, const struct hook_call *call,
			  const struct nl_xdp *there)
{
	const struct uapi_link_create create = {
		.prog_fd = (uint32_t)call->prog->fd,
		.target = there->dev.ifindex,
		.attach_type = BPF_XDP,
		.flags = call->hook->where,
	};
	int err = net_bylink_prepare(call);
	auto_fd int fd = err ?: sys_link_create(&create);

	if (err)
		return err;
	if (fd < 0)
		return net_xdp_fail_attach(nl, fd, call, there);
	return bpffs_pin(fd, call->link);
}

/* The program that was to give way is not the one that is there (any more). */
static int fail_replace(struct nl *nl, const struct hook_call *call)
{
	struct nl_xdp now;
	int lost = nl_xdp_find(nl, call->dev, &now);

	return lost ?: net_xdp_fail_absent(call->hook, call->replace, &now);
}

static int attach_by_netlink(struct nl *nl, const struct hook_call *call,
			     const struct nl_xdp *there)
{
	enum nl_xdp_mode mode = net_xdp_mode_of(call->hook, there);
	uint32_t flags = call->replace ? net_xdp_modes[mode].flag : call->hook->where;
	int err;

	if (!call->replace && !call->overwrite)
		flags |= XDP_FLAGS_UPDATE_IF_NOEXIST;
	if (call->replace && there->prog_id[mode] != call->replace->id)
		return net_xdp_fail_absent(call->hook, call->replace, there);
	err = nl_xdp_change(nl, &(struct nl_xdp_change){
					.ifindex = there->dev.ifindex,
					.flags = flags,
					.prog_fd = call->prog->fd,
					.expected_fd = call->replace ? call->replace->fd : -1,
				});
	if (err == -EEXIST && call->replace)
		return fail_replace(nl, call);
	return err ? net_xdp_fail_attach(nl, err, call, there) : 0;
}

int net_xdp_attach(const struct hook_call *call)
{
	const struct uapi_link_info link = { .type = UAPI_LINK_XDP };
	struct nl nl AUTO_NL = NL_NONE;
	struct nl_xdp there;
	int err;

	if (net_bylink_updates(call))
		return net_bylink_update(call, &link);
	err = nl_open(&nl) ?: nl_xdp_find(&nl, call->dev, &there);
	if (err)
		return err;
	return call->link ? attach_by_link(&nl, call, &there)
			  : attach_by_netlink(&nl, call, &there);
}

/*
 * The kernel does nothing, and says so or not, when plain xdp turned out to be the other mode, or
 * when another program took the place: look again which it was.
 */
static int check_detached(struct nl *nl, int err, const struct hook_call *call,
			  const struct nl_xdp *there)
{
	enum nl_xdp_mode mode = net_xdp_mode_of(call->hook, there);
	uint32_t id = there->prog_id[mode];
	char label[NET_PROG_LABEL_MAX];
	struct nl_xdp now;
	int lost = nl_xdp_find(nl, call->dev, &now);

	if (lost)
		return lost;
	if (now.prog_id[mode] == id)
		return net_xdp_fail_absent(call->hook, NULL, &now);
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
	id = there.prog_id[net_xdp_mode_of(call->hook, &there)];
	if (!id || (call->prog && call->prog->id != id))
		return net_xdp_fail_absent(call->hook, call->prog, &there);
	expected_fd = sys_prog_by_id(id);
	if (expected_fd < 0 && expected_fd != -EPERM)
		return check_detached(&nl, expected_fd, call, &there);
	err = nl_xdp_change(&nl, &(struct nl_xdp_change){
					 .ifindex = there.dev.ifindex,
					 .flags = call->hook->where,
					 .prog_fd = -1,
					 .expected_fd = expected_fd,
				 });
	if (err == -EEXIST || (!err && expected_fd < 0))
		return check_detached(&nl, err, call, &there);
	return err ? net_xdp_fail_detach(&nl, err, call, &there) : 0;
}
