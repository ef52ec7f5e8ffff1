// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Where on the devices of this network namespace one program is attached. */
#include "net/attached.h"

#include <errno.h>
#include <string.h>

#include "base/err.h"
#include "bpf/info.h"
#include "bpf/mprog.h"
#include "net/filter.h"
#include "net/filter_swap.h"
#include "net/mprog.h"
#include "net/xdp.h"
#include "net/xdp_links.h"
#include "nl/filter.h"
#include "nl/nl.h"

struct search {
	const struct obj *prog;
	uint32_t prog_type;
	struct nl nl;
	struct nl_xdp_list devs;
	struct nl_qdiscs qdiscs;
	struct net_links links;
	struct net_attached_list *found;
};

static void search_free(struct search *search)
{
	nl_close(&search->nl);
	vec_free(&search->devs);
	vec_free(&search->qdiscs);
	vec_free(&search->links);
}

#define AUTO_SEARCH __attribute__((cleanup(search_free)))

static int add(struct search *search, struct net_attached place)
{
	return vec_push(search->found, place) ? fail(-ENOMEM, "list what is attached") : 0;
}

static bool is_by_link(struct search *search, const struct net_xdp_place *place)
{
	struct net_xdp_links links AUTO_XDP_LINKS = { 0 };

	if (net_xdp_links_find(&search->nl, &search->links, *place, &links))
		fail_clear();
	return links.ids.n;
}

/* XDP is looked for by its modes: the hook that leaves the mode to the kernel is none of them. */
static int find_xdp(struct search *search, const struct hook *hook, const struct nl_xdp *xdp)
{
	for (int mode = 0; mode < NL_XDP_MODES; mode++) {
		const struct net_xdp_place place = { xdp->dev.ifindex, (enum nl_xdp_mode)mode,
						     search->prog->id };

		if (hook->where != net_xdp_modes[mode].flag ||
		    xdp->prog_id[mode] != place.prog_id || is_by_link(search, &place))
			continue;
		return add(search, (struct net_attached){ .hook = hook, .dev = xdp->dev });
	}
	return 0;
}

/* A kernel without such hooks, or one that does not tell, has nothing to detach there. */
static int find_mprog(struct search *search, const struct hook *hook, const struct nl_dev *dev)
{
	struct net_attached place = { .hook = hook, .dev = *dev };
	struct mprog mprog;
	size_t at;
	int found;

	if (hook->device_kind && strcmp(dev->kind, hook->device_kind) != 0)
		return 0;
	if (mprog_query(dev->ifindex, hook->where, &mprog))
		return 0;
	found = mprog_find(&mprog, search->prog->id);
	if (found < 0 || mprog.entries[found].link_id)
		return 0;
	at = (size_t)found + 1;
	place.next_id = at < mprog.count ? mprog.entries[at].prog_id : 0;
	return add(search, place);
}

static bool has_clsact(const struct search *search, unsigned int ifindex)
{
	vec_each (qdisc, &search->qdiscs) {
		if (qdisc->ifindex == ifindex && nl_qdisc_is_clsact(qdisc))
			return true;
	}
	return false;
}

static int find_filters(struct search *search, const struct hook *hook, const struct nl_dev *dev)
{
	const struct nl_filter_hook at = { .ifindex = dev->ifindex, .parent = hook->where };
	struct nl_filters filters AUTO_FILTERS = { 0 };
	int err;

	if (!has_clsact(search, dev->ifindex))
		return 0;
	err = nl_filter_list(&search->nl, at, &filters);
	for (size_t i = 0; err >= 0 && i < filters.rows.n; i++) {
		const struct nl_filter *filter = &filters.rows.v[i];

		if (filter->handle && filter->prog_id == search->prog->id)
			err = add(search, (struct net_attached){
						  .hook = hook, .dev = *dev, .filter = *filter });
	}
	return err < 0 ? err : 0;
}

static int find_on(struct search *search, const struct nl_xdp *xdp)
{
	int err = 0;

	for (size_t i = 0; !err && i < HOOKS; i++) {
		const struct hook *hook = &hooks[i];

		if (hook->prog_type != search->prog_type)
			continue;
		if (hook->attach == net_xdp_attach)
			err = find_xdp(search, hook, xdp);
		else if (hook->attach == net_mprog_attach)
			err = find_mprog(search, hook, &xdp->dev);
		else
			err = find_filters(search, hook, &xdp->dev);
	}
	return err;
}

static int look_around(struct search *search)
{
	struct bpf_prog_info info;
	int err = info_prog(search->prog->fd, &info);

	if (err && err != -ENODEV)
		return fail(err, "read program %u", search->prog->id);
	search->prog_type = info.type;
	err = nl_open(&search->nl);
	if (!err)
		err = nl_xdp_list_devs(&search->nl, NULL, &search->devs);
	if (err >= 0)
		err = nl_qdisc_list(&search->nl, &search->qdiscs);
	if (err >= 0)
		err = net_links_read(&search->links);
	return err < 0 ? err : 0;
}

int net_attached_find(const struct obj *prog, struct net_attached_list *list)
{
	struct search search AUTO_SEARCH = { .prog = prog, .nl = NL_NONE, .found = list };
	int err = look_around(&search);

	for (size_t i = 0; !err && i < search.devs.n; i++)
		err = find_on(&search, &search.devs.v[i]);
	return err;
}

const char *net_attached_kind(const struct net_attached *place)
{
	for (int mode = 0; mode < NL_XDP_MODES && !place->hook->kind; mode++) {
		if (place->hook->where == net_xdp_modes[mode].flag)
			return net_xdp_modes[mode].name;
	}
	return place->hook->kind ?: place->hook->name;
}

static struct hook_call call_of(const struct net_attached *place, const struct obj *prog)
{
	return (struct hook_call){ .hook = place->hook, .dev = place->dev.name, .prog = prog };
}

static struct nl_filter_hook filter_hook(const struct net_attached *place)
{
	return (struct nl_filter_hook){ .ifindex = place->dev.ifindex,
					.parent = place->hook->where };
}

static int remove_filter(const struct net_attached *place)
{
	struct nl nl AUTO_NL = NL_NONE;
	int err = nl_open(&nl);

	if (err)
		return err;
	err = net_filter_remove(&nl, filter_hook(place), &place->filter);
	return err ? nl_fail(&nl, err, "detach the program from %s", place->dev.name) : 0;
}

static int create_filter(const struct net_attached *place, const struct obj *prog)
{
	const struct nl_filter_change change = {
		.hook = filter_hook(place),
		.protocol = place->filter.protocol,
		.pref = place->filter.pref,
		.handle = place->filter.handle,
		.prog_fd = prog->fd,
		.name = place->filter.name,
	};
	struct nl nl AUTO_NL = NL_NONE;
	int err = nl_open(&nl) ?: nl_filter_create(&nl, &change);

	return err ? nl_fail(&nl, err, "attach the program to %s again", place->dev.name) : 0;
}

int net_attached_undo(const struct net_attached *place, const struct obj *prog)
{
	const struct hook_call call = call_of(place, prog);

	return place->filter.handle ? remove_filter(place) : place->hook->detach(&call);
}

int net_attached_redo(const struct net_attached *place, const struct obj *prog)
{
	struct hook_call call = call_of(place, prog);
	struct obj next AUTO_OBJ = OBJ_CLOSED;

	if (place->filter.handle)
		return create_filter(place, prog);
	if (place->next_id && !obj_open_id(OBJ_PROG, place->next_id, &next)) {
		call.place = HOOK_BEFORE;
		call.beside = &next;
	}
	return place->hook->attach(&call);
}
