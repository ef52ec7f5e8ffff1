// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* `xh link list [LINK]`: which program each link attaches, and where. */
#include <errno.h>

#include "about.h"
#include "args.h"
#include "base/err.h"
#include "bpf/names.h"
#include "commands.h"
#include "link/target.h"
#include "listing.h"
#include "xh.h"

struct list_options {
	struct obj_ref link;
};

struct list {
	const struct xh *xh;
	struct out *out;
	struct about about;
	struct devices devices;
};

static void list_free(struct list *list)
{
	about_free(&list->about);
	devices_free(&list->devices);
}

#define AUTO_LIST __attribute__((cleanup(list_free)))

/* In text, a struct_ops link has a map where others have a program. */
static void show_heading(struct out *out, const struct uapi_link_info *info)
{
	bool has_map = info->type == UAPI_LINK_STRUCT_OPS;

	out_uint(out, "id", "%:", info->id);
	if (names_link_type(info->type))
		out_str(out, "type", "%", names_link_type(info->type));
	else
		out_uint(out, "type", "type %", info->type);
	out_uint(out, "prog_id", has_map ? NULL : "prog %", info->prog_id);
	if (has_map)
		out_uint(out, NULL, "map %", info->map.map_id);
	out_text(out, "  ");
}

static int show(const struct obj *obj, void *context)
{
	const struct obj_key key = { OBJ_LINK, obj->id };
	struct linkinfo link AUTO_LINKINFO;
	struct list *list = context;
	struct out *out = list->out;
	int err = linkinfo_read(obj->fd, &link);

	if (err)
		return fail(err, "read link %u", obj->id);
	err = about_read(list->xh, &list->about);
	if (err)
		return err;
	out_object(out, NULL);
	show_heading(out, &link.info);
	out_indent(out, 1);
	target_show(out, &link, &list->devices);
	out_line(out);
	about_pins(out, &list->about, key);
	about_holders(out, &list->about, key);
	out_line(out);
	out_indent(out, 0);
	out_end(out);
	return out_err(out);
}

static int run(struct xh *xh, const void *words)
{
	const struct list_options *options = words;
	struct list list AUTO_LIST = { .xh = xh, .out = xh->out };
	const struct listing listing = { xh->out, OBJ_LINK, &options->link, show, &list };

	return listing_show(&listing);
}

const struct command link_list = {
	.name = "list",
	.alias = "show",
	.summary = "List links, or show one",
	.args =
		(const struct arg[]){
			{ ARG_LINK(struct list_options, link), .help = "Only this link" },
			{ 0 },
		},
	.options_size = sizeof(struct list_options),
	.run = run,
	.examples = EXAMPLES("xh link list", "xh link show id 3"),
};
