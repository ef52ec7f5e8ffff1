// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* `xh net list`: which programs the network has, device by device and hook by hook. */
#include "net/list.h"

#include <errno.h>
#include <fcntl.h>

#include "args.h"
#include "base/err.h"
#include "commands.h"
#include "nl/netns.h"

struct list_options {
	const char *dev;
	bool all_netns;
};

void list_section(struct out *out, const char *key)
{
	out_str(out, NULL, "%:", key);
	out_line(out);
	out_array(out, key);
}

void list_section_end(struct out *out)
{
	out_end(out);
	out_blank(out);
}

static int show_sections(struct list_of *list, bool with_netfilter)
{
	int err = list_xdp(list);

	err = err ?: list_tc(list);
	err = err ?: list_flow_dissector(list);
	if (!err && with_netfilter)
		err = list_netfilter(list);
	return err;
}

/* The namespace that xh was started in may have no name. */
static void show_name(struct out *out, const char *netns)
{
	if (netns[0]) {
		out_str(out, "netns", "netns %:", netns);
	} else {
		out_str(out, NULL, "netns %:", "(this one)");
		out_token(out, "netns", NULL, "null");
	}
	out_line(out);
}

/* What one object of the listing is about. */
struct netns {
	const char *name; /* "" when it has none, NULL when it is not to be told */
	const char *dev;  /* NULL: all devices */
	bool with_netfilter;
};

static int show_netns(struct row_list *rows, const struct netns *netns)
{
	struct nl nl AUTO_NL = NL_NONE;
	struct list_of list = { .rows = rows, .nl = &nl };
	int err = nl_open(&nl) ?: nl_xdp_list_devs(&nl, netns->dev, &list.devs);

	if (err > 0)
		warn("the devices kept changing; some may be missing");
	if (err >= 0) {
		out_object(rows->out, NULL);
		if (netns->name)
			show_name(rows->out, netns->name);
		err = show_sections(&list, netns->with_netfilter);
		row_list_unseen(rows);
		out_end(rows->out);
	}
	vec_free(&list.devs);
	return err;
}

/* A name whose namespace has gone, or that never had one, is passed over. */
static int show_named(struct row_list *rows, const char *name, uint64_t own)
{
	auto_fd int netns = nl_netns_open(name);

	if (netns < 0) {
		warn("%s", fail_last()->text);
		fail_clear();
		return 0;
	}
	if (nl_netns_inode(netns) == own)
		return 0;
	return nl_netns_enter(netns, name) ?: show_netns(rows, &(struct netns){ .name = name });
}

/* The name of the namespace of that inode; "" when it has none. */
static const char *name_of(const struct nl_netns_names *names, uint64_t inode)
{
	vec_each (name, names) {
		auto_fd int netns = nl_netns_open(*name);

		if (netns < 0)
			fail_clear();
		else if (nl_netns_inode(netns) == inode)
			return *name;
	}
	return "";
}

/* That which xh was started in comes first, and netfilter with it: links do not say where. */
static int show_each_netns(struct row_list *rows)
{
	struct nl_netns_names names = { 0 };
	uint64_t own = nl_netns_own_inode();
	int err = nl_netns_list(&names);
	const struct netns first = { .name = name_of(&names, own), .with_netfilter = true };

	err = err ?: show_netns(rows, &first);
	vec_each (name, &names)
		err = err ?: show_named(rows, *name, own);
	nl_netns_names_free(&names);
	return err;
}

/* Then back, for the next command of a batch. */
static int show_all_netns(struct row_list *rows)
{
	auto_fd int own = open(NL_NETNS_OWN, O_RDONLY | O_CLOEXEC);
	int err, back = 0;

	if (own < 0)
		return fail(-errno, "open the network namespace of xh");
	err = show_each_netns(rows);
	if (nl_netns_own_inode() != nl_netns_inode(own))
		back = nl_netns_enter(own, NL_NETNS_OWN);
	return err ?: back;
}

/* The fields of a row bring their own spaces, as there is none before the ifindex. */
static int run(struct xh *xh, const void *words)
{
	const struct list_options *options = words;
	const struct netns only = { .dev = options->dev, .with_netfilter = true };
	struct row_list rows AUTO_ROW_LIST = { 0 };
	int err;

	if (options->dev && options->all_netns)
		return fail_plain(-EINVAL, "'dev' names a device of one network namespace: "
					   "'--all-netns' does not fit here");
	err = row_list_read(xh, &rows);
	if (err)
		return err;
	out_gap(xh->out, "");
	out_array(xh->out, NULL);
	err = options->all_netns ? show_all_netns(&rows) : show_netns(&rows, &only);
	out_end(xh->out);
	out_gap(xh->out, "  ");
	return err;
}

static const struct arg args[] = {
	{ "dev", ARG_DEV(struct list_options, dev), .help = "This device only" },
	{ "--all-netns", ARG_FLAG(struct list_options, all_netns),
	  .help = "Also in all network namespaces that have a name" },
	{ 0 },
};

const struct command net_list = {
	.name = "list",
	.alias = "show",
	.summary = "List the programs that network devices have",
	.args = args,
	.options_size = sizeof(struct list_options),
	.run = run,
	.examples = EXAMPLES("xh net list", "xh -j net list dev lo"),
};
