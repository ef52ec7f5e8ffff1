// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* `xh prog list [PROG]`: what the kernel knows of each program. */
#include <errno.h>
#include <time.h>

#include "about.h"
#include "args.h"
#include "base/err.h"
#include "bpf/info.h"
#include "btf/mention.h"
#include "commands.h"
#include "listing.h"
#include "prog/attachbtf.h"
#include "prog/identity.h"
#include "prog/metadata.h"
#include "xh.h"

struct list_options {
	struct obj_ref prog;
};

struct list {
	const struct xh *xh;
	struct out *out;
	struct about about;
	struct attachbtf_cache targets;
	struct mention metadata;
};

/* The kernel counts from boot. */
static uint64_t wall_clock(uint64_t since_boot_ns)
{
	struct timespec real, boot;

	clock_gettime(CLOCK_REALTIME, &real);
	clock_gettime(CLOCK_BOOTTIME, &boot);
	return (uint64_t)(real.tv_sec - boot.tv_sec +
			  (real.tv_nsec - boot.tv_nsec + (int64_t)since_boot_ns) / 1000000000);
}

static void show_loading(struct out *out, const struct bpf_prog_info *info, bool orphaned)
{
	if (info->load_time) {
		out_time(out, "loaded_at", "loaded_at %", wall_clock(info->load_time));
		out_uint(out, "uid", "uid %", info->created_by_uid);
	}
	out_flag(out, "orphaned", NULL, orphaned);
	out_line(out);
}

static void show_sizes(struct out *out, int fd, const struct bpf_prog_info *info)
{
	struct info_fd fdinfo;

	info_fd(fd, &fdinfo);
	out_uint(out, "bytes_xlated", "xlated %B", info->xlated_prog_len);
	out_flag(out, "jited", NULL, info->jited_prog_len);
	if (info->jited_prog_len)
		out_uint(out, "bytes_jited", "jited %B", info->jited_prog_len);
	else
		out_flag(out, NULL, "not jited", true);
	if (fdinfo.memlock_bytes)
		out_uint(out, "bytes_memlock", "memlock %B", fdinfo.memlock_bytes);
}

static void show_maps(struct out *out, const struct info_prog_detail *detail)
{
	if (!detail->map_id_count)
		return;
	out_list(out, "map_ids", "map_ids ");
	for (uint32_t i = 0; i < detail->map_id_count; i++)
		out_uint(out, NULL, "%", detail->map_ids[i]);
	out_end(out);
}

/* In JSON the BTF comes before the pins, in text after them. */
static void show_about(struct list *list, const struct bpf_prog_info *info)
{
	const struct obj_key key = { OBJ_PROG, info->id };
	struct out *out = list->out;

	if (info->btf_id)
		out_uint(out, "btf_id", NULL, info->btf_id);
	about_pins(out, &list->about, key);
	out_line(out);
	if (info->btf_id)
		out_uint(out, NULL, "btf_id %", info->btf_id);
	about_holders(out, &list->about, key);
	out_line(out);
}

static void show_verified(struct list *list, const struct bpf_prog_info *info)
{
	if (info->verified_insns)
		out_uint(list->out, "verified_insns", "verified_insns %", info->verified_insns);
	attachbtf_show(list->out, info, &list->targets);
	out_line(list->out);
}

/* Of a program whose offload device is gone the kernel tells nothing at all (-ENODEV). */
static int read_detail(const struct obj *prog, struct info_prog_detail *detail, bool *orphaned)
{
	int err = info_prog_detail(prog->fd, INFO_MAP_IDS, detail);

	*orphaned = err == -ENODEV;
	if (!*orphaned)
		return err;
	detail->info.id = prog->id;
	fail_clear();
	return 0;
}

static int show(const struct obj *prog, void *context)
{
	struct info_prog_detail detail AUTO_DETAIL = { 0 };
	struct list *list = context;
	struct out *out = list->out;
	bool orphaned;
	int err = read_detail(prog, &detail, &orphaned) ?: about_read(list->xh, &list->about);

	if (err)
		return err;
	out_object(out, NULL);
	identity_show(out, prog->fd, &detail.info);
	out_indent(out, 1);
	show_loading(out, &detail.info, orphaned);
	show_sizes(out, prog->fd, &detail.info);
	if (orphaned)
		out_flag(out, NULL, "orphaned", true);
	show_maps(out, &detail);
	out_line(out);
	show_about(list, &detail.info);
	metadata_show(out, &detail, &list->metadata);
	show_verified(list, &detail.info);
	out_indent(out, 0);
	out_end(out);
	return out_err(out);
}

static int run(struct xh *xh, const void *words)
{
	const struct list_options *options = words;
	struct list list = { .xh = xh, .out = xh->out };
	const struct listing listing = { xh->out, OBJ_PROG, &options->prog, show, &list };
	int err = listing_show(&listing);

	about_free(&list.about);
	attachbtf_forget(&list.targets);
	mention_free(&list.metadata);
	return err;
}

const struct command prog_list = {
	.name = "list",
	.alias = "show",
	.summary = "List programs, or show one",
	.args =
		(const struct arg[]){
			{ ARG_PROG(struct list_options, prog), .help = "Only these programs" },
			{ 0 },
		},
	.options_size = sizeof(struct list_options),
	.run = run,
	.examples = EXAMPLES("xh prog list", "xh -p prog show name hello"),
};
