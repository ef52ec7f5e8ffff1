// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* tcx and netkit as attach points: several programs, one after another. */
#include "net/mprog.h"

#include <errno.h>

#include "base/err.h"
#include "bpf/bpffs.h"
#include "bpf/mprog.h"
#include "bpf/sys.h"
#include "bpf/uapi_attach.h"
#include "net/bylink.h"
#include "net/mprog_refusal.h"
#include "nl/nl.h"

static int find_dev(const struct hook_call *call, struct nl_dev *dev)
{
	struct nl nl AUTO_NL = NL_NONE;

	return nl_open(&nl) ?: nl_dev_find(&nl, call->dev, dev);
}

static int query(const struct hook_call *call, const struct nl_dev *dev, struct mprog *there)
{
	int err = mprog_query(dev->ifindex, call->hook->where, there);

	return err ? net_mprog_fail_query(err, call, dev) : 0;
}

/* Without a program beside it, before is before all. */
static uint32_t place_flags(enum hook_place place)
{
	if (place == HOOK_FIRST || place == HOOK_BEFORE)
		return UAPI_F_BEFORE;
	return place == HOOK_AFTER ? UAPI_F_AFTER : 0;
}

static uint32_t beside_fd(const struct hook_call *call)
{
	return call->beside ? (uint32_t)call->beside->fd : 0;
}

static int attach_by_link(const struct hook_call *call, const struct nl_dev *dev)
{
	const struct uapi_link_create create = {
		.prog_fd = (uint32_t)call->prog->fd,
		.target = dev->ifindex,
		.attach_type = call->hook->where,
		.flags = place_flags(call->place),
		.relative_fd = beside_fd(call),
	};
	int err = net_bylink_prepare(call);
	auto_fd int fd = err ?: sys_link_create(&create);

	if (err)
		return err;
	if (fd < 0)
		return net_mprog_fail_attach(fd, call, dev);
	return bpffs_pin(fd, call->link);
}

static int update_link(const struct hook_call *call)
{
	const struct uapi_link_info wanted = {
		.type = call->hook->device_kind ? UAPI_LINK_NETKIT : UAPI_LINK_TCX,
		.device.attach_type = call->hook->where,
	};

	return net_bylink_update(call, &wanted);
}

static int attach_now(const struct uapi_attach *attach, const struct hook_call *call,
		      const struct nl_dev *dev)
{
	int err = sys_prog_attach(attach);

	return err ? net_mprog_fail_attach(err, call, dev) : 0;
}

/* The one program that is there gives way, if it still is the one. */
static int overwrite(const struct hook_call *call, const struct nl_dev *dev,
		     struct uapi_attach *attach)
{
	struct obj old AUTO_OBJ = OBJ_CLOSED;
	struct mprog there;
	int err = query(call, dev, &there);

	if (err)
		return err;
	if (there.count > 1)
		return net_mprog_fail_several(call, dev, &there);
	if (there.count && there.entries[0].link_id)
		return net_mprog_fail_held(call, dev, &there.entries[0]);
	if (there.count && there.entries[0].prog_id == call->prog->id)
		return 0;
	if (there.count) {
		err = obj_open_id(OBJ_PROG, there.entries[0].prog_id, &old);
		attach->flags = BPF_F_REPLACE;
		attach->replace_fd = (uint32_t)old.fd;
	}
	attach->expected_revision = there.revision;
	return err ?: attach_now(attach, call, dev);
}

static int attach_plainly(const struct hook_call *call, const struct nl_dev *dev)
{
	struct uapi_attach attach = {
		.target = dev->ifindex,
		.prog_fd = (uint32_t)call->prog->fd,
		.attach_type = call->hook->where,
		.flags = place_flags(call->place),
		.relative_fd = beside_fd(call),
	};

	if (call->overwrite)
		return overwrite(call, dev, &attach);
	if (call->replace) {
		attach.flags = BPF_F_REPLACE;
		attach.replace_fd = (uint32_t)call->replace->fd;
	}
	return attach_now(&attach, call, dev);
}

int net_mprog_attach(const struct hook_call *call)
{
	struct nl_dev dev;
	int err;

	if (net_bylink_updates(call))
		return update_link(call);
	err = find_dev(call, &dev);
	if (err)
		return err;
	return call->link ? attach_by_link(call, &dev) : attach_plainly(call, &dev);
}

int net_mprog_detach(const struct hook_call *call)
{
	struct uapi_attach attach = { .attach_type = call->hook->where };
	struct mprog there;
	struct nl_dev dev;
	int err = find_dev(call, &dev), at;

	err = err ?: query(call, &dev, &there);
	if (err)
		return err;
	at = call->prog ? mprog_find(&there, call->prog->id) : (int)there.count - 1;
	if (at < 0)
		return net_mprog_fail_absent(call, &dev, call->prog);
	if (there.entries[at].link_id)
		return net_mprog_fail_held(call, &dev, &there.entries[at]);
	attach.target = dev.ifindex;
	if (call->prog)
		attach.prog_fd = (uint32_t)call->prog->fd;
	else
		attach.expected_revision = there.revision;
	err = sys_prog_detach(&attach);
	return err ? net_mprog_fail_detach(err, call, &dev) : 0;
}
