// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The rows of `net list` that are filters of qdiscs and classes. */
#include "net/list_filters.h"

#include <errno.h>
#include <linux/if_ether.h>
#include <string.h>

#include "base/err.h"
#include "net/filter.h"
#include "net/hooks.h"
#include "nl/filter.h"

/* What filters hang on, and what a listing calls it. */
struct place {
	const struct nl_dev *dev;
	uint32_t parent;
	const char *kind;
};

int list_filters_qdiscs(const struct list_of *list, struct nl_qdiscs *qdiscs)
{
	int err = nl_qdisc_list(list->nl, qdiscs);
	size_t kept = 0;

	for (size_t i = 0; i < qdiscs->n; i++) {
		if (qdiscs->v[i].handle)
			qdiscs->v[kept++] = qdiscs->v[i];
	}
	qdiscs->n = kept;
	return err < 0 ? err : 0;
}

/* In text this is all on the line of the filter. */
static void show_acts(struct out *out, const struct nl_filters *filters,
		      const struct nl_filter *filter)
{
	if (!filter->has_acts)
		return;
	out_str(out, NULL, " % [", "act");
	out_array(out, "act");
	for (size_t i = 0; i < filter->act_count; i++) {
		const struct nl_filter_act *act = &filters->acts.v[filter->act_at + i];

		out_object(out, NULL);
		if (act->name[0])
			out_str(out, "name", "%", act->name);
		if (act->prog_id)
			out_uint(out, "id", " id %", act->prog_id);
		out_end(out);
	}
	out_end(out);
	out_text(out, "] ");
}

/* In the words of tc; others are numbers. */
static void show_protocol(struct out *out, uint16_t protocol)
{
	static const struct {
		uint16_t number;
		const char *name;
	} names[] = {
		{ ETH_P_ALL, "all" }, { ETH_P_IP, "ip" },        { ETH_P_IPV6, "ipv6" },
		{ ETH_P_ARP, "arp" }, { ETH_P_8021Q, "802.1Q" }, { ETH_P_8021AD, "802.1ad" },
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (names[i].number == protocol) {
			out_str(out, "protocol", NULL, names[i].name);
			return;
		}
	}
	out_hexstr(out, "protocol", NULL, protocol);
}

static void show_place(struct out *out, const struct nl_filter *filter)
{
	out_str(out, "filter", NULL, filter->kind);
	show_protocol(out, filter->protocol);
	out_uint(out, "pref", NULL, filter->pref);
	out_uint(out, "chain", NULL, filter->chain);
	out_uint(out, "handle", NULL, filter->handle);
	out_bool(out, "direct_action", NULL, filter->direct_action);
}

static void show_filter(struct row_list *rows, const struct place *place,
			const struct nl_filters *filters, const struct nl_filter *filter)
{
	struct out *out = rows->out;

	row_begin(rows, place->dev);
	out_str(out, "kind", " %", place->kind);
	if (strcmp(filter->kind, "bpf") != 0)
		out_str(out, NULL, " %", filter->kind);
	if (filter->name[0])
		out_str(out, "name", " %", filter->name);
	else
		row_name(rows, " %", filter->prog_id);
	if (filter->prog_id)
		out_uint(out, "id", " id %", filter->prog_id);
	show_acts(out, filters, filter);
	if (filter->prog_id)
		out_uint(out, "prog_id", NULL, filter->prog_id);
	show_place(out, filter);
	row_end(rows, filter->prog_id, 0);
}

/* The kernel's answers when a device, qdisc or class has gone since it was listed. */
static bool has_gone(int err)
{
	return err == -ENODEV || err == -EINVAL || err == -ENOENT;
}

static int show_filters(const struct list_of *list, const struct place *place)
{
	const struct nl_filter_hook hook = { place->dev->ifindex, place->parent };
	struct nl_filters filters AUTO_FILTERS = { 0 };
	int err = nl_filter_list(list->nl, hook, &filters);

	if (has_gone(err)) {
		fail_clear();
		return 0;
	}
	vec_each (filter, &filters.rows)
		show_filter(list->rows, place, &filters, filter);
	return err < 0 ? err : 0;
}

static int show_classes(const struct list_of *list, const struct nl_dev *dev)
{
	struct nl_qdiscs classes = { 0 };
	int err = nl_qdisc_list_classes(list->nl, dev->ifindex, &classes);

	if (has_gone(err)) {
		fail_clear();
		err = 0;
	}
	vec_each (class, &classes) {
		const struct place place = { dev, class->handle, class->kind };

		if (err >= 0)
			err = show_filters(list, &place);
	}
	vec_free(&classes);
	return err < 0 ? err : 0;
}

static int show_clsact(const struct list_of *list, const struct nl_dev *dev)
{
	int err = 0;

	for (size_t i = 0; !err && i < HOOKS; i++) {
		const struct place place = { dev, hooks[i].where, hooks[i].kind };

		if (hooks[i].attach == net_filter_attach)
			err = show_filters(list, &place);
	}
	return err;
}

int list_filters_show(const struct list_of *list, const struct nl_qdiscs *qdiscs,
		      const struct nl_dev *dev)
{
	bool has_clsact = false, has_queues = false;
	int err = 0;

	vec_each (qdisc, qdiscs) {
		bool ours = qdisc->ifindex == dev->ifindex;

		has_clsact |= ours && nl_qdisc_is_clsact(qdisc);
		has_queues |= ours && !nl_qdisc_is_clsact(qdisc) && !nl_qdisc_is_ingress(qdisc);
	}
	if (has_queues)
		err = show_classes(list, dev);
	vec_each (qdisc, qdiscs) {
		const struct place place = { dev, qdisc->handle, qdisc->kind };

		if (!err && qdisc->ifindex == dev->ifindex && !nl_qdisc_is_clsact(qdisc))
			err = show_filters(list, &place);
	}
	return err ?: has_clsact ? show_clsact(list, dev) : 0;
}
