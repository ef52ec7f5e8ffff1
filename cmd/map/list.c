// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* `xh map list [MAP]`: what the kernel knows of each map. */
#include "about.h"
#include "args.h"
#include "base/err.h"
#include "bpf/info.h"
#include "bpf/names.h"
#include "commands.h"
#include "listing.h"
#include "map/heading.h"
#include "xh.h"

struct list_options {
	struct obj_ref map;
};

struct list {
	const struct xh *xh;
	struct out *out;
	struct about about;
};

static void show_sizes(struct out *out, const struct bpf_map_info *info, const struct info_fd *fd)
{
	out_uint(out, "bytes_key", "key %B", info->key_size);
	out_uint(out, "bytes_value", "value %B", info->value_size);
	out_uint(out, "max_entries", "max_entries %", info->max_entries);
	out_uint(out, "bytes_memlock", "memlock %B", fd->memlock_bytes);
	out_line(out);
}

/* What the first program to use a program array laid down for all others. */
static void show_owner(struct out *out, const struct info_fd *fd)
{
	const char *type = names_prog_type(fd->owner_prog_type);

	if (!fd->has_owner)
		return;
	if (type)
		out_str(out, "owner_prog_type", "owner_prog_type %", type);
	else
		out_uint(out, "owner_prog_type", "owner_prog_type %", fd->owner_prog_type);
	out_bool(out, "owner_jited", NULL, fd->owner_jited);
	out_flag(out, NULL, fd->owner_jited ? "owner jited" : "owner not jited", true);
	out_line(out);
}

/* In text these stand behind the pins. */
static void show_state(struct out *out, const struct bpf_map_info *info, const struct info_fd *fd)
{
	if (info->btf_id)
		out_uint(out, NULL, "btf_id %", info->btf_id);
	out_flag(out, NULL, "frozen", fd->frozen);
	out_line(out);
}

static int show(const struct obj *map, void *context)
{
	const struct obj_key key = { OBJ_MAP, map->id };
	struct list *list = context;
	struct out *out = list->out;
	struct bpf_map_info info;
	struct info_fd fd;
	int err = info_map(map->fd, &info);

	if (err)
		return fail(err, "read what the kernel knows of map %u", map->id);
	err = about_read(list->xh, &list->about);
	if (err)
		return err;
	info_fd(map->fd, &fd);
	out_object(out, NULL);
	heading_show(out, &info);
	out_line(out);
	out_indent(out, 1);
	show_sizes(out, &info, &fd);
	show_owner(out, &fd);
	out_int(out, "frozen", NULL, fd.frozen);
	if (info.btf_id)
		out_uint(out, "btf_id", NULL, info.btf_id);
	about_pins(out, &list->about, key);
	out_line(out);
	show_state(out, &info, &fd);
	about_holders(out, &list->about, key);
	out_line(out);
	out_indent(out, 0);
	out_end(out);
	return out_err(out);
}

static int run(struct xh *xh, const void *words)
{
	const struct list_options *options = words;
	struct list list = { .xh = xh, .out = xh->out };
	const struct listing listing = { xh->out, OBJ_MAP, &options->map, show, &list };
	int err = listing_show(&listing);

	about_free(&list.about);
	return err;
}

const struct command map_list = {
	.name = "list",
	.alias = "show",
	.summary = "List maps, or show one",
	.args =
		(const struct arg[]){
			{ ARG_MAP(struct list_options, map), .help = "Only these maps" },
			{ 0 },
		},
	.options_size = sizeof(struct list_options),
	.run = run,
	.examples = EXAMPLES("xh map list", "xh -j map show name hello.bss"),
};
