// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Why the kernel refused to change what tcx or netkit run, and what helps. */
#include "net/mprog_refusal.h"

#include <errno.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "net/links.h"
#include "net/prog.h"

/* Programs that an error lists before it says how many more there are. */
#define LISTED 4

/* The kernel has no such hooks, or the device has not. */
static int fail_hook(int err, const struct hook_call *call, const struct nl_dev *dev)
{
	const struct hook *hook = call->hook;
	struct mprog there;

	if (hook->device_kind && strcmp(dev->kind, hook->device_kind) != 0)
		return fail_plain(err, "%s is no %s device (%s)", dev->name, hook->device_kind,
				  err_name(err));
	if (err == -EACCES)
		return fail_plain(err,
				  "%s is the peer; programs of both ends are attached at the "
				  "primary one (EACCES)",
				  dev->name);
	if (!mprog_query(dev->ifindex, hook->where, &there))
		return fail(err, "change the %s programs of %s", hook->name, dev->name);
	fail_plain(err, "this kernel has no %s (%s)", hook->name, err_name(err));
	if (hook->device_kind)
		return fail_hint("it takes Linux 6.7");
	return fail_hint("it takes Linux 6.6; tc_ingress and tc_egress are older");
}

int net_mprog_fail_query(int err, const struct hook_call *call, const struct nl_dev *dev)
{
	if (err == -EPERM)
		return net_prog_fail_privilege(err, "seeing the programs of a device");
	if (err == -EINVAL || err == -ENXIO || err == -EACCES)
		return fail_hook(err, call, dev);
	return fail(err, "ask what %s has at %s", dev->name, call->hook->name);
}

/* "program 12 'hello', program 13 'bye' and 3 more" */
static void describe(const struct mprog *there, struct buf *text)
{
	char label[NET_PROG_LABEL_MAX];

	for (size_t i = 0; i < there->count && i < LISTED; i++)
		buf_printf(text, "%s%s", i ? ", " : "",
			   net_prog_label(there->entries[i].prog_id, label));
	if (there->count > LISTED)
		buf_printf(text, " and %zu more", there->count - LISTED);
}

int net_mprog_fail_absent(const struct hook_call *call, const struct nl_dev *dev,
			  const struct obj *prog)
{
	struct buf list AUTO_BUF = BUF_EMPTY;
	char label[NET_PROG_LABEL_MAX];
	struct mprog there;

	if (mprog_query(dev->ifindex, call->hook->where, &there) || !there.count)
		return fail_missing("%s has no %s program", dev->name, call->hook->name);
	describe(&there, &list);
	if (!prog)
		return fail_missing("the programs of %s at %s have just changed: %s", dev->name,
				    call->hook->name, buf_str(&list));
	fail_missing("%s is not attached to %s of %s", net_prog_label(prog->id, label),
		     call->hook->name, dev->name);
	return fail_hint("it has %s", buf_str(&list));
}

int net_mprog_fail_held(const struct hook_call *call, const struct nl_dev *dev,
			const struct mprog_entry *entry)
{
	struct buf what AUTO_BUF = BUF_EMPTY;
	char label[NET_PROG_LABEL_MAX];

	buf_printf(&what, "%s is attached to %s of %s", net_prog_label(entry->prog_id, label),
		   call->hook->name, dev->name);
	return net_links_fail_held(entry->link_id, buf_str(&what));
}

int net_mprog_fail_several(const struct hook_call *call, const struct nl_dev *dev,
			   const struct mprog *there)
{
	struct buf list AUTO_BUF = BUF_EMPTY;

	describe(there, &list);
	fail_plain(-EINVAL, "%s has several %s programs: %s", dev->name, call->hook->name,
		   buf_str(&list));
	return fail_hint("say which one: replace PROG");
}

/* What took the place of the program that a call was about, or holds it. */
static int fail_busy(int err, const struct hook_call *call, const struct nl_dev *dev)
{
	const struct obj *prog = call->replace ?: call->prog;
	struct mprog there;
	int at = -1;

	if (prog && !mprog_query(dev->ifindex, call->hook->where, &there))
		at = mprog_find(&there, prog->id);
	if (at >= 0 && there.entries[at].link_id)
		return net_mprog_fail_held(call, dev, &there.entries[at]);
	return fail(err, "change the %s programs of %s", call->hook->name, dev->name);
}

static int fail_changed(int err, const struct hook_call *call, const struct nl_dev *dev)
{
	fail_plain(err, "the %s programs of %s changed meanwhile, nothing was done (%s)",
		   call->hook->name, dev->name, err_name(err));
	return fail_hint("try again");
}

int net_mprog_fail_attach(int err, const struct hook_call *call, const struct nl_dev *dev)
{
	char label[NET_PROG_LABEL_MAX];

	net_prog_label(call->prog->id, label);
	switch (err) {
	case -EPERM:
		return net_prog_fail_privilege(err, "attaching a program to a device");
	case -EEXIST:
		return fail_plain(err, "%s is attached to %s of %s already (EEXIST)", label,
				  call->hook->name, dev->name);
	case -ENOENT:
		return net_mprog_fail_absent(call, dev, call->replace ?: call->beside);
	case -EBUSY:
		return fail_busy(err, call, dev);
	case -ESTALE:
		return fail_changed(err, call, dev);
	case -ERANGE:
		return fail_plain(err, "%s has %d %s programs, which is all that it can (ERANGE)",
				  dev->name, MPROG_MAX, call->hook->name);
	case -EINVAL:
	case -ENXIO:
	case -EACCES:
		return fail_hook(err, call, dev);
	}
	return fail(err, "attach %s to %s of %s", label, call->hook->name, dev->name);
}

int net_mprog_fail_detach(int err, const struct hook_call *call, const struct nl_dev *dev)
{
	switch (err) {
	case -EPERM:
		return net_prog_fail_privilege(err, "detaching a program from a device");
	case -ENOENT:
		return net_mprog_fail_absent(call, dev, call->prog);
	case -EBUSY:
		return fail_busy(err, call, dev);
	case -ESTALE:
		return fail_changed(err, call, dev);
	}
	return fail(err, "detach from %s of %s", call->hook->name, dev->name);
}
