// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* `net attach … link PATH`: by a link that is pinned, or to one that is pinned already. */
#include "net/bylink.h"

#include <errno.h>

#include "base/err.h"
#include "bpf/bpffs.h"
#include "bpf/linkinfo.h"
#include "bpf/sys.h"
#include "net/links.h"
#include "net/prog.h"
#include "net/xdp.h"
#include "nl/nl.h"

bool net_bylink_updates(const struct hook_call *call)
{
	return call->link && (call->overwrite || call->replace);
}

int net_bylink_prepare(const struct hook_call *call)
{
	return bpffs_check(call->link, call->nomount) ?: bpffs_mount(call->link, call->nomount);
}

static int open_pinned(const struct hook_call *call, struct obj *link)
{
	int err = obj_open_path(call->link, link);

	if (err == -ENOENT)
		return fail_hint("without '%s' a new link is pinned there",
				 call->replace ? "replace" : "overwrite");
	if (err || link->kind == OBJ_LINK)
		return err;
	return fail_plain(-EINVAL, "%s is a %s, not a link", call->link, obj_kind_name(link->kind));
}

static int fail_gone(const struct hook_call *call, uint32_t link_id)
{
	return fail_plain(-ENOLINK, "link %u, pinned at %s, is attached to nothing any more",
			  link_id, call->link);
}

static int fail_elsewhere(const struct hook_call *call, uint32_t link_id)
{
	return fail_plain(-EINVAL, "link %u, pinned at %s, is not attached to %s of %s", link_id,
			  call->link, call->hook->name, call->dev);
}

/* The same ifindex may be that of a device of another network namespace. */
static bool may_be_there(struct nl *nl, const struct nl_xdp *device,
			 const struct uapi_link_info *link)
{
	if (device->dev.ifindex != link->device.ifindex)
		return false;
	if (link->type != UAPI_LINK_XDP)
		return net_links_has_mprog(link);
	for (int mode = 0; mode < NL_XDP_MODES; mode++) {
		if (device->prog_id[mode] == link->prog_id &&
		    nl_xdp_is_by_link(nl, link->device.ifindex, net_xdp_modes[mode].flag))
			return true;
	}
	return false;
}

static int check_place(const struct hook_call *call, const struct uapi_link_info *link,
		       const struct uapi_link_info *wanted)
{
	struct nl nl AUTO_NL = NL_NONE;
	struct nl_xdp device;
	int err = nl_open(&nl) ?: nl_xdp_find(&nl, call->dev, &device);

	if (err)
		return err;
	if (!link->device.ifindex)
		return fail_gone(call, link->id);
	if (link->type == wanted->type && link->device.attach_type == wanted->device.attach_type &&
	    may_be_there(&nl, &device, link))
		return 0;
	return fail_elsewhere(call, link->id);
}

static int fail_update(int err, const struct hook_call *call, const struct obj *link)
{
	char is[NET_PROG_LABEL_MAX], expected[NET_PROG_LABEL_MAX];
	struct uapi_link_info now;

	if (err == -ENOLINK)
		return fail_gone(call, link->id);
	if (err == -EPERM && call->replace && !linkinfo_fixed(link->fd, &now) &&
	    now.prog_id != call->replace->id)
		return fail_missing("link %u, pinned at %s, has %s, not %s", link->id, call->link,
				    net_prog_label(now.prog_id, is),
				    net_prog_label(call->replace->id, expected));
	return fail(err, "give link %u, pinned at %s, another program", link->id, call->link);
}

/* True when the device has the program of the call by now, or cannot be asked any more. */
static bool has_arrived(const struct hook_call *call)
{
	struct nl nl AUTO_NL = NL_NONE;
	struct nl_xdp now;

	if (nl_open(&nl) || nl_xdp_find(&nl, call->dev, &now)) {
		fail_clear();
		return true;
	}
	for (int mode = 0; mode < NL_XDP_MODES; mode++) {
		if (now.prog_id[mode] == call->prog->id)
			return true;
	}
	return false;
}

/*
 * Of two links that look the same, only now does it show which one is that of the device. What the
 * other one had is put back, if nobody has changed it again meanwhile.
 */
static int update_xdp(const struct hook_call *call, const struct obj *link,
		      const struct uapi_link_info *info)
{
	auto_fd int old_fd = sys_prog_by_id(info->prog_id);
	int expected_fd = call->replace ? call->replace->fd : -1;
	int err = sys_link_update(link->fd, call->prog->fd, expected_fd);

	if (err || old_fd < 0 || has_arrived(call))
		return err ? fail_update(err, call, link) : 0;
	if (sys_link_update(link->fd, old_fd, call->prog->fd))
		return 0;
	return fail_elsewhere(call, link->id);
}

int net_bylink_update(const struct hook_call *call, const struct uapi_link_info *wanted)
{
	struct obj link AUTO_OBJ = OBJ_CLOSED;
	struct uapi_link_info info;
	int err = open_pinned(call, &link);

	if (err)
		return err;
	err = linkinfo_fixed(link.fd, &info);
	if (err)
		return fail(err, "read what link %u is", link.id);
	err = check_place(call, &info, wanted);
	if (err)
		return err;
	if (info.type == UAPI_LINK_XDP)
		return update_xdp(call, &link, &info);
	err = sys_link_update(link.fd, call->prog->fd, call->replace ? call->replace->fd : -1);
	return err ? fail_update(err, call, &link) : 0;
}
