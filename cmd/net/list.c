// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* `xh net list`: which programs the network devices have. */
#include <errno.h>

#include "args.h"
#include "base/err.h"
#include "commands.h"
#include "net/prog.h"
#include "net/xdp.h"
#include "nl/nl.h"
#include "xh.h"

struct list_options {
	const char *dev;
};

static void show_prog(struct out *out, const char *mode, uint32_t id)
{
	char name[PROGNAME_MAX];

	net_prog_name(id, name);
	out_str(out, "mode", " %", mode);
	out_uint(out, "id", " id %", id);
	out_uint(out, "prog_id", NULL, id);
	if (name[0])
		out_str(out, "name", " name %", name);
}

/* Several modes at once are what only JSON tells apart from one: by an array of them. */
static void show_xdp(struct out *out, const struct nl_xdp *xdp)
{
	bool multi = nl_xdp_count(xdp) > 1;

	out_object(out, NULL);
	out_str(out, "devname", "%", xdp->dev.name);
	out_uint(out, "ifindex", "(%)", xdp->dev.ifindex);
	if (multi)
		out_array(out, "multi_attachments");
	for (int mode = 0; mode < NL_XDP_MODES; mode++) {
		if (!xdp->prog_id[mode])
			continue;
		if (multi)
			out_object(out, NULL);
		show_prog(out, net_xdp_modes[mode].name, xdp->prog_id[mode]);
		if (multi)
			out_end(out);
	}
	if (multi)
		out_end(out);
	out_end(out);
	out_line(out);
}

static int read_xdp(const char *dev, struct nl_xdp_list *list)
{
	struct nl nl AUTO_NL = NL_NONE;
	struct nl_xdp one;
	int err = nl_open(&nl);

	if (err)
		return err;
	if (!dev)
		return nl_xdp_list(&nl, list);
	err = nl_xdp_find(&nl, dev, &one);
	if (err || !nl_xdp_count(&one))
		return err;
	return vec_push(list, one) ? fail(-ENOMEM, "list the attachments of %s", dev) : 0;
}

static void section_begin(struct out *out, const char *key)
{
	out_str(out, NULL, "%:", key);
	out_line(out);
	out_array(out, key);
}

static void section_end(struct out *out)
{
	out_end(out);
	out_blank(out);
}

/* The fields of a row bring their own spaces, as there is none before the ifindex. */
static void show_all(struct out *out, const struct nl_xdp_list *list)
{
	static const char *const empty[] = { "tc", "flow_dissector", "netfilter" };

	out_gap(out, "");
	out_array(out, NULL);
	out_object(out, NULL);
	section_begin(out, "xdp");
	vec_each (xdp, list)
		show_xdp(out, xdp);
	section_end(out);
	for (size_t i = 0; i < sizeof(empty) / sizeof(empty[0]); i++) {
		section_begin(out, empty[i]);
		section_end(out);
	}
	out_end(out);
	out_end(out);
	out_gap(out, "  ");
}

static int run(struct xh *xh, const void *words)
{
	const struct list_options *options = words;
	struct nl_xdp_list list = { 0 };
	int err = read_xdp(options->dev, &list);

	if (err > 0)
		warn("the devices kept changing; some may be missing");
	if (err >= 0)
		show_all(xh->out, &list);
	vec_free(&list);
	return err < 0 ? err : 0;
}

static const struct arg args[] = {
	{ "dev", ARG_DEV(struct list_options, dev), .help = "This device only" },
	{ 0 },
};

const struct command net_list = {
	.name = "list",
	.alias = "show",
	.summary = "List the programs that network devices have",
	.args = args,
	.options_size = sizeof(struct list_options),
	.run = run,
};
