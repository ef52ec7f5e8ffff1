// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What all rows of `net list` have: the device, the program's name, its pins, its link. */
#include "net/row.h"

#include <errno.h>
#include <stdio.h>

#include "base/err.h"
#include "net/prog.h"

int row_list_read(const struct xh *xh, struct row_list *list)
{
	int err = net_links_read(&list->links);

	list->out = xh->out;
	if (err == -EPERM) {
		list->unseen |= ROW_UNSEEN_OBJECTS;
		fail_clear();
		err = 0;
	}
	if (!err && xh->flags.pins)
		err = pins_read(&list->about.pins);
	return err;
}

void row_list_free(struct row_list *list)
{
	about_free(&list->about);
	vec_free(&list->links);
}

void row_begin(struct row_list *list, const struct nl_dev *dev)
{
	out_object(list->out, NULL);
	out_str(list->out, "devname", "%", dev->name);
	out_uint(list->out, "ifindex", "(%)", dev->ifindex);
}

void row_name(struct row_list *list, const char *text, uint32_t prog_id)
{
	if (prog_id && list->named_id != prog_id) {
		list->named_id = prog_id;
		if (net_prog_name(prog_id, list->name) == -EPERM)
			list->unseen |= ROW_UNSEEN_OBJECTS;
	}
	if (prog_id && list->name[0])
		out_str(list->out, "name", text, list->name);
}

/* Only what has a link needs the look through all processes. */
static const struct holder *holders_of_link(struct row_list *list, struct obj_key key,
					    size_t *count)
{
	if (!list->knows_holders && holders_read(&list->about.holders))
		fail_clear();
	list->knows_holders = true;
	return holders_of(&list->about.holders, key, count);
}

#define LINK_LABEL_MAX sizeof("link 4294967295")

static void show_link_pins(struct out *out, const char *label, const struct pin *pin, size_t count)
{
	char text[LINK_LABEL_MAX + sizeof(" pinned %")];

	if (!count)
		return;
	snprintf(text, sizeof(text), "%s pinned %%", label);
	out_array(out, "pinned");
	for (; count; count--, pin++) {
		out_line(out);
		out_str(out, NULL, text, pin->path);
	}
	out_end(out);
}

static void show_link_holders(struct out *out, const char *label, const struct holder *holder,
			      size_t count)
{
	char text[LINK_LABEL_MAX + sizeof(" held by ")];

	if (!count)
		return;
	snprintf(text, sizeof(text), "%s held by ", label);
	out_line(out);
	out_flag(out, NULL, text, true);
	out_array(out, "pids");
	for (size_t i = 0; i < count; i++) {
		out_object(out, NULL);
		out_str(out, "comm", i ? ", %" : "%", holder[i].comm);
		out_int(out, "pid", "(%)", holder[i].pid);
		out_end(out);
	}
	out_end(out);
}

static void show_link(struct row_list *list, uint32_t link_id)
{
	const struct obj_key key = { OBJ_LINK, link_id };
	size_t pins, holders;
	const struct holder *holder = holders_of_link(list, key, &holders);
	const struct pin *pin = pins_of(&list->about.pins, key, &pins);

	if (!pins && !holders)
		return;
	out_object(list->out, "link");
	show_link_pins(list->out, "link", pin, pins);
	show_link_holders(list->out, "link", holder, holders);
	out_end(list->out);
}

/* Where it may be several links, a line says which of them it is about. */
static void show_maybe_link(struct row_list *list, uint32_t link_id)
{
	const struct obj_key key = { OBJ_LINK, link_id };
	size_t pins, holders;
	const struct holder *holder = holders_of_link(list, key, &holders);
	const struct pin *pin = pins_of(&list->about.pins, key, &pins);
	char label[LINK_LABEL_MAX];

	snprintf(label, sizeof(label), "link %u", link_id);
	out_object(list->out, NULL);
	out_uint(list->out, "link_id", NULL, link_id);
	show_link_pins(list->out, label, pin, pins);
	show_link_holders(list->out, label, holder, holders);
	out_end(list->out);
}

static void begin_keepers(struct row_list *list, uint32_t prog_id)
{
	out_line(list->out);
	out_indent(list->out, 1);
	about_pins(list->out, &list->about, (struct obj_key){ OBJ_PROG, prog_id });
}

static void end_keepers(struct row_list *list)
{
	out_line(list->out);
	out_indent(list->out, 0);
	out_end(list->out);
}

void row_end(struct row_list *list, uint32_t prog_id, uint32_t link_id)
{
	begin_keepers(list, prog_id);
	if (link_id)
		show_link(list, link_id);
	end_keepers(list);
}

void row_end_xdp(struct row_list *list, uint32_t prog_id, const struct net_xdp_links *links)
{
	uint32_t exact = net_xdp_links_exact(links);

	begin_keepers(list, prog_id);
	if (exact) {
		show_link(list, exact);
	} else if (links->ids.n) {
		out_array(list->out, "maybe_links");
		vec_each (id, &links->ids)
			show_maybe_link(list, *id);
		out_end(list->out);
	}
	end_keepers(list);
}

/* What cannot be seen without a capability, one after the other. */
static const struct {
	unsigned int of;
	const char *what;
} unseen[] = {
	{ ROW_UNSEEN_HOOKS, "tcx" },
	{ ROW_UNSEEN_HOOKS, "netkit" },
	{ ROW_UNSEEN_HOOKS, "flow_dissector" },
	{ ROW_UNSEEN_OBJECTS, "netfilter" },
	{ ROW_UNSEEN_OBJECTS, "names" },
	{ ROW_UNSEEN_OBJECTS, "links" },
};

static void show_unseen(const struct row_list *list, unsigned int of, const char *needs)
{
	bool any = false;

	for (size_t i = 0; i < sizeof(unseen) / sizeof(*unseen); i++) {
		if (!(list->unseen & of & unseen[i].of))
			continue;
		out_text(list->out, any ? ", " : "not seen: ");
		out_str(list->out, NULL, "%", unseen[i].what);
		any = true;
	}
	if (any)
		out_text(list->out, needs);
}

void row_list_unseen(const struct row_list *list)
{
	if (!list->unseen)
		return;
	out_array(list->out, "unseen");
	show_unseen(list, ROW_UNSEEN_HOOKS, " (needs CAP_NET_ADMIN; try: sudo xh net)\n");
	show_unseen(list, ROW_UNSEEN_OBJECTS, " (needs CAP_SYS_ADMIN; try: sudo xh net)\n");
	out_end(list->out);
}
