// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The sections of `net list` that are of no device: flow_dissector and netfilter. */
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <stdlib.h>

#include "base/err.h"
#include "bpf/sys.h"
#include "bpf/uapi_attach.h"
#include "net/list.h"
#include "netfilter.h"
#include "nl/netns.h"

/* The flow dissector of this network namespace; 0 for none, or a negative errno. */
static int64_t query_dissector(void)
{
	auto_fd int netns = open(NL_NETNS_OWN, O_RDONLY | O_CLOEXEC);
	uint32_t id = 0;
	struct uapi_query query = {
		.target = (uint32_t)netns,
		.attach_type = BPF_FLOW_DISSECTOR,
		.prog_ids = (uint64_t)(uintptr_t)&id,
		.count = 1,
	};
	int err = netns < 0 ? -errno : sys_prog_query(&query);

	return err ?: (int64_t)(query.count ? id : 0);
}

static uint32_t link_of_dissector(const struct net_links *links, uint32_t prog_id)
{
	uint64_t netns = nl_netns_own_inode();

	vec_each (link, links) {
		if (link->type == UAPI_LINK_NETNS && link->prog_id == prog_id &&
		    link->netns.netns_ino == netns && link->netns.attach_type == BPF_FLOW_DISSECTOR)
			return link->id;
	}
	return 0;
}

static void show_dissector(struct row_list *rows, uint32_t id)
{
	uint32_t link_id = link_of_dissector(&rows->links, id);
	struct out *out = rows->out;

	out_object(out, NULL);
	out_uint(out, "id", "id %", id);
	out_uint(out, "prog_id", NULL, id);
	row_name(rows, " name %", id);
	if (link_id)
		out_uint(out, "link_id", " link_id %", link_id);
	row_end(rows, id, link_id);
}

/* Where there is one, no empty line follows it. */
int list_flow_dissector(const struct list_of *list)
{
	struct row_list *rows = list->rows;
	int64_t id = query_dissector();

	if (id == -EPERM)
		rows->unseen |= ROW_UNSEEN_HOOKS;
	list_section(rows->out, "flow_dissector");
	if (id > 0)
		show_dissector(rows, (uint32_t)id);
	else
		out_blank(rows->out);
	out_end(rows->out);
	return 0;
}

static int compare(const void *a, const void *b)
{
	const struct uapi_link_info *left = a, *right = b;

	if (left->netfilter.pf != right->netfilter.pf)
		return left->netfilter.pf < right->netfilter.pf ? -1 : 1;
	if (left->netfilter.hooknum != right->netfilter.hooknum)
		return left->netfilter.hooknum < right->netfilter.hooknum ? -1 : 1;
	if (left->netfilter.priority != right->netfilter.priority)
		return left->netfilter.priority < right->netfilter.priority ? -1 : 1;
	return left->id < right->id ? -1 : left->id > right->id;
}

static void show_netfilter(struct row_list *rows, const struct uapi_link_info *link)
{
	struct out *out = rows->out;

	out_object(out, NULL);
	out_indent(out, 1);
	netfilter_show(out, link);
	out_gap(out, "");
	out_uint(out, "id", " prog_id %", link->prog_id);
	out_uint(out, "prog_id", NULL, link->prog_id);
	row_name(rows, " name %", link->prog_id);
	out_uint(out, "link_id", " link_id %", link->id);
	row_end(rows, link->prog_id, link->id);
}

/* The rows come after the empty line, as bpftool has it. */
int list_netfilter(const struct list_of *list)
{
	struct row_list *rows = list->rows;
	struct net_links links = { 0 };
	int err = 0;

	vec_each (link, &rows->links) {
		if (!err && link->type == UAPI_LINK_NETFILTER)
			err = vec_push(&links, *link);
	}
	if (links.n)
		qsort(links.v, links.n, sizeof(*links.v), compare);
	list_section(rows->out, "netfilter");
	out_blank(rows->out);
	vec_each (link, &links)
		show_netfilter(rows, link);
	out_end(rows->out);
	vec_free(&links);
	return err ? fail(err, "list the netfilter links") : 0;
}
