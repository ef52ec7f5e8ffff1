// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What a link is attached to, in the words of bpftool. */
#include "link/target.h"

#include <stdio.h>
#include <string.h>

#include "bpf/attachtype.h"
#include "bpf/info.h"
#include "bpf/names.h"
#include "bpf/sys.h"
#include "netfilter.h"

/* In text with the two spaces that bpftool has after all of its fields. */
static void show_attach_type(struct out *out, uint32_t attach_type)
{
	const char *name = attachtype_name(attach_type);

	if (name)
		out_str(out, "attach_type", "attach_type %  ", name);
	else
		out_uint(out, "attach_type", "attach_type %  ", attach_type);
}

static void show_raw_tracepoint(struct out *out, const struct linkinfo *link)
{
	uint64_t cookie = link->info.raw_tracepoint.cookie;

	out_str(out, "tp_name", "tp '%'  ", link->name);
	out_uint(out, "cookie", cookie ? "cookie %  " : NULL, cookie);
}

static void show_prog_type(struct out *out, uint32_t prog_id)
{
	auto_fd int fd = sys_prog_by_id(prog_id);
	struct bpf_prog_info info;

	if (fd < 0 || info_prog(fd, &info))
		return;
	if (names_prog_type(info.type))
		out_str(out, "prog_type", "prog_type %  ", names_prog_type(info.type));
	else
		out_uint(out, "prog_type", "prog_type %  ", info.type);
}

static void show_tracing(struct out *out, const struct linkinfo *link)
{
	uint32_t object = link->info.tracing.target_obj_id, type = link->info.tracing.target_btf_id;
	uint64_t cookie = link->info.tracing.cookie;
	bool has_target = object || type;

	show_prog_type(out, link->info.prog_id);
	show_attach_type(out, link->info.tracing.attach_type);
	if (has_target)
		out_line(out);
	out_uint(out, "target_obj_id", has_target ? "target_obj_id %  " : NULL, object);
	out_uint(out, "target_btf_id", has_target ? "target_btf_id %  " : NULL, type);
	if (cookie)
		out_line(out);
	out_uint(out, "cookie", cookie ? "cookie %  " : NULL, cookie);
}

/* What a link was attached to may be gone: then the kernel tells a number of 0. */
static void show_detached(struct out *out, const struct uapi_link_info *info)
{
	if (linkinfo_is_detached(info))
		out_flag(out, "detached", "(detached)  ", true);
}

static void show_cgroup(struct out *out, const struct linkinfo *link)
{
	out_uint(out, "cgroup_id", "cgroup_id %  ", link->info.cgroup.cgroup_id);
	show_attach_type(out, link->info.cgroup.attach_type);
	show_detached(out, &link->info);
}

static const char *const cgroup_orders[] = {
	"order_unspec", "self_only", "descendants_pre", "descendants_post", "ancestors_up",
};

static void show_cgroup_walk(struct out *out, const struct linkinfo *link)
{
	uint32_t order = link->info.iter.cgroup.order;

	out_uint(out, "cgroup_id", "cgroup_id %  ", link->info.iter.cgroup.cgroup_id);
	out_str(out, "order", "order %  ",
		order < sizeof(cgroup_orders) / sizeof(cgroup_orders[0]) ? cgroup_orders[order]
									 : "unknown");
}

static bool is_one_of(const char *name, const char *const *names)
{
	while (*names && strcmp(*names, name) != 0)
		names++;
	return *names;
}

/* Which of the kernel's iterators are over what of the info is filled in. */
static void show_iter(struct out *out, const struct linkinfo *link)
{
	static const char *const of_map[] = { "bpf_map_elem", "bpf_sk_storage_map", NULL };
	static const char *const of_task[] = { "task", "task_file", "task_vma", NULL };

	out_str(out, "target_name", "target_name %  ", link->name);
	if (is_one_of(link->name, of_map))
		out_uint(out, "map_id", "map_id %  ", link->info.iter.map_id);
	else if (!is_one_of(link->name, of_task))
		;
	else if (link->info.iter.task.tid)
		out_uint(out, "tid", "tid % ", link->info.iter.task.tid);
	else if (link->info.iter.task.pid)
		out_uint(out, "pid", "pid % ", link->info.iter.task.pid);
	if (!strcmp(link->name, "cgroup"))
		show_cgroup_walk(out, link);
}

static void show_netns(struct out *out, const struct linkinfo *link)
{
	out_uint(out, "netns_ino", "netns_ino %  ", link->info.netns.netns_ino);
	show_attach_type(out, link->info.netns.attach_type);
	show_detached(out, &link->info);
}

static void show_device(struct out *out, const struct linkinfo *link, struct devices *devices)
{
	devices_show(out, devices, &link->info);
	out_text(out, "  ");
	if (link->info.type != UAPI_LINK_XDP)
		show_attach_type(out, link->info.device.attach_type);
}

static void show_sockmap(struct out *out, const struct linkinfo *link)
{
	out_uint(out, "map_id", "map_id %  ", link->info.map.map_id);
	show_attach_type(out, link->info.map.attach_type);
	show_detached(out, &link->info);
}

static void show_struct_ops(struct out *out, const struct linkinfo *link)
{
	out_uint(out, "map_id", NULL, link->info.map.map_id);
	show_detached(out, &link->info);
}

static void show_netfilter(struct out *out, const struct linkinfo *link)
{
	netfilter_show(out, &link->info);
}

/* What is shown of each type; devices are another matter. */
static void (*const shows[])(struct out *out, const struct linkinfo *link) = {
	[UAPI_LINK_RAW_TRACEPOINT] = show_raw_tracepoint,
	[UAPI_LINK_TRACING] = show_tracing,
	[UAPI_LINK_CGROUP] = show_cgroup,
	[UAPI_LINK_ITER] = show_iter,
	[UAPI_LINK_NETNS] = show_netns,
	[UAPI_LINK_PERF_EVENT] = target_perf_event,
	[UAPI_LINK_KPROBE_MULTI] = target_kprobe_multi,
	[UAPI_LINK_STRUCT_OPS] = show_struct_ops,
	[UAPI_LINK_NETFILTER] = show_netfilter,
	[UAPI_LINK_UPROBE_MULTI] = target_uprobe_multi,
	[UAPI_LINK_SOCKMAP] = show_sockmap,
};

void target_show(struct out *out, const struct linkinfo *link, struct devices *devices)
{
	uint32_t type = link->info.type;

	/* Of an iterator all is in the first line. */
	if (type != UAPI_LINK_ITER)
		out_line(out);
	out_gap(out, "");
	if (devices_has(type))
		show_device(out, link, devices);
	else if (type < sizeof(shows) / sizeof(shows[0]) && shows[type])
		shows[type](out, link);
	out_gap(out, "  ");
}
