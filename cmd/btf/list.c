// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* `xh btf list [BTF]`: the BTF objects of the kernel, its modules and loaded programs. */
#include "about.h"
#include "args.h"
#include "base/err.h"
#include "bpf/btfinfo.h"
#include "commands.h"
#include "listing.h"
#include "obj/btfusers.h"
#include "xh.h"

struct list_options {
	struct obj_ref btf;
};

struct list {
	const struct xh *xh;
	struct out *out;
	struct about about;
	struct btfusers users;
	bool users_known;
};

static void list_free(struct list *list)
{
	about_free(&list->about);
	vec_free(&list->users);
}

#define AUTO_LIST __attribute__((cleanup(list_free)))

/* A listing of nothing needs no table of users. */
static int read_users(struct list *list)
{
	int err = list->users_known ? 0 : btfusers_read(&list->users);

	list->users_known = !err;
	return err;
}

static void show_users(const struct list *list, struct obj_key key)
{
	static const char *const keys[] = { [OBJ_PROG] = "prog_ids", [OBJ_MAP] = "map_ids" };
	static const char *const words[] = { [OBJ_PROG] = "prog_ids ", [OBJ_MAP] = "map_ids " };
	size_t count;
	const struct btfuser *user = btfusers_of(&list->users, key, &count);

	out_list(list->out, keys[key.kind], count ? words[key.kind] : NULL);
	for (; count; count--, user++)
		out_uint(list->out, NULL, "%", user->id);
	out_end(list->out);
}

static void show_name(struct out *out, const struct btfinfo *info)
{
	if (info->name[0])
		out_str(out, NULL, info->kernel ? "name [%]" : "name %", info->name);
	else
		out_text(out, " name <anon>");
}

static int show(const struct obj *obj, void *context)
{
	struct list *list = context;
	struct out *out = list->out;
	struct btfinfo info;
	int err = btfinfo_read(obj->fd, &info);

	if (err)
		return fail(err, "read what the kernel knows of BTF object %u", obj->id);
	err = about_read(list->xh, &list->about) ?: read_users(list);
	if (err)
		return err;
	out_object(out, NULL);
	out_uint(out, "id", "%:", info.id);
	show_name(out, &info);
	out_uint(out, "size", "size %B", info.size);
	show_users(list, (struct obj_key){ OBJ_PROG, info.id });
	show_users(list, (struct obj_key){ OBJ_MAP, info.id });
	out_bool(out, "kernel", NULL, info.kernel);
	if (info.name[0])
		out_str(out, "name", NULL, info.name);
	about_holders(out, &list->about, (struct obj_key){ OBJ_BTF, info.id });
	out_line(out);
	out_end(out);
	return out_err(out);
}

static int run(struct xh *xh, const void *words)
{
	const struct list_options *options = words;
	struct list list AUTO_LIST = { .xh = xh, .out = xh->out };
	const struct listing listing = { xh->out, OBJ_BTF, &options->btf, show, &list };

	return listing_show(&listing);
}

const struct command btf_list = {
	.name = "list",
	.alias = "show",
	.summary = "List BTF objects, or show one, with the programs and maps that use it",
	.args =
		(const struct arg[]){
			{ ARG_BTF(struct list_options, btf), .help = "Only this one" },
			{ 0 },
		},
	.options_size = sizeof(struct list_options),
	.run = run,
	.examples = EXAMPLES("xh btf list", "xh -j btf show id 1"),
};
