// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The tc section of `net list`: tcx, netkit, and the filters of qdiscs and classes. */
#include <errno.h>
#include <string.h>

#include "base/err.h"
#include "bpf/info.h"
#include "bpf/mprog.h"
#include "net/hooks.h"
#include "net/list.h"
#include "net/list_filters.h"
#include "net/mprog.h"

static void show_flags(struct out *out, const char *key, uint32_t flags)
{
	if (flags)
		out_str(out, NULL, "% ", key);
	out_array(out, key);
	for (int bit = 0; bit < 32; bit++) {
		if (flags >> bit & 1)
			out_uint(out, NULL, "% ", 1U << bit);
	}
	out_end(out);
}

static void show_entry(struct row_list *rows, const struct nl_dev *dev, const char *kind,
		       const struct mprog_entry *entry)
{
	struct out *out = rows->out;

	row_begin(rows, dev);
	out_str(out, "kind", " %", kind);
	row_name(rows, " %", entry->prog_id);
	out_uint(out, "prog_id", " prog_id % ", entry->prog_id);
	show_flags(out, "prog_flags", entry->prog_flags);
	out_uint(out, "link_id", entry->link_id ? "link_id % " : NULL, entry->link_id);
	show_flags(out, "link_flags", entry->link_flags);
	out_uint(out, "id", NULL, entry->prog_id);
	row_end(rows, entry->prog_id, entry->link_id);
}

/*
 * Shows what one hook of a device has. False when no other device needs to be asked: the kernel
 * has no such hooks, or does not tell.
 */
static bool show_hook(struct row_list *rows, const struct nl_dev *dev, const struct hook *hook)
{
	struct mprog mprog;
	int err;

	if (hook->device_kind && strcmp(dev->kind, hook->device_kind) != 0)
		return true;
	err = mprog_query(dev->ifindex, hook->where, &mprog);
	if (err == -EPERM)
		rows->unseen |= ROW_UNSEEN_HOOKS;
	if (err == -EPERM || err == -EINVAL)
		return false;
	for (size_t i = 0; !err && i < mprog.count; i++)
		show_entry(rows, dev, hook->kind, &mprog.entries[i]);
	return true;
}

/* All hooks of this section take programs of this type. */
static int is_for_tc(const struct obj *prog, void *context)
{
	struct bpf_prog_info info;
	size_t *left = context;

	return !(*left)-- || info_prog(prog->fd, &info) || info.type == BPF_PROG_TYPE_SCHED_CLS;
}

/*
 * False when no program for tc is loaded, so that not one of many devices has to be asked. Where
 * this cannot be told, it may. A look at a program takes as long as asking a device: it ends when
 * there are so many that it would only be added to asking.
 */
static bool may_have_any(size_t devices)
{
	size_t left = devices / 4;
	int found = obj_walk(OBJ_PROG, is_for_tc, &left);

	if (found < 0)
		fail_clear();
	return found != 0;
}

int list_tc(const struct list_of *list)
{
	struct nl_qdiscs qdiscs = { 0 };
	bool ask[HOOKS], any = may_have_any(list->devs.n);
	int err = list_filters_qdiscs(list, &qdiscs);

	for (size_t i = 0; i < HOOKS; i++)
		ask[i] = any && hooks[i].attach == net_mprog_attach;
	list_section(list->rows->out, "tc");
	vec_each (xdp, &list->devs) {
		for (size_t i = 0; i < HOOKS; i++)
			ask[i] = ask[i] && show_hook(list->rows, &xdp->dev, &hooks[i]);
		if (!err)
			err = list_filters_show(list, &qdiscs, &xdp->dev);
	}
	list_section_end(list->rows->out);
	vec_free(&qdiscs);
	return err;
}
