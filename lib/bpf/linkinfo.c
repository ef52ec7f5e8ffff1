// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Where a link is attached: what the kernel tells of it, names and arrays included. */
#include "bpf/linkinfo.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "bpf/sys.h"

/* What of the info the kernel fills only when it is given memory: a name, and arrays of 64 bits. */
struct wanted {
	uint64_t *name;
	uint32_t *name_size;
	uint32_t count;
	uint64_t *arrays[3];
};

int linkinfo_fixed(int fd, struct uapi_link_info *info)
{
	uint32_t size = sizeof(*info);

	memset(info, 0, sizeof(*info));
	return sys_obj_info(fd, info, &size);
}

bool linkinfo_is_detached(const struct uapi_link_info *info)
{
	switch (info->type) {
	case UAPI_LINK_CGROUP:
		return !info->cgroup.cgroup_id;
	case UAPI_LINK_NETNS:
		return !info->netns.netns_ino;
	case UAPI_LINK_XDP:
	case UAPI_LINK_TCX:
	case UAPI_LINK_NETKIT:
		return !info->device.ifindex;
	case UAPI_LINK_STRUCT_OPS:
	case UAPI_LINK_SOCKMAP:
		return !info->map.map_id;
	}
	return false;
}

bool linkinfo_can_detach(uint32_t type)
{
	switch (type) {
	case UAPI_LINK_CGROUP:
	case UAPI_LINK_NETNS:
	case UAPI_LINK_XDP:
	case UAPI_LINK_STRUCT_OPS:
	case UAPI_LINK_NETFILTER:
	case UAPI_LINK_TCX:
	case UAPI_LINK_NETKIT:
	case UAPI_LINK_SOCKMAP:
		return true;
	}
	return false;
}

static struct wanted wanted_of_event(struct uapi_link_info *info)
{
	switch (info->perf_event.type) {
	case UAPI_PERF_UPROBE:
	case UAPI_PERF_URETPROBE:
		return (struct wanted){ .name = &info->perf_event.uprobe.name,
					.name_size = &info->perf_event.uprobe.name_len };
	case UAPI_PERF_KPROBE:
	case UAPI_PERF_KRETPROBE:
		return (struct wanted){ .name = &info->perf_event.kprobe.name,
					.name_size = &info->perf_event.kprobe.name_len };
	case UAPI_PERF_TRACEPOINT:
		return (struct wanted){ .name = &info->perf_event.tracepoint.name,
					.name_size = &info->perf_event.tracepoint.name_len };
	}
	return (struct wanted){ 0 };
}

static struct wanted wanted_of(struct uapi_link_info *info)
{
	switch (info->type) {
	case UAPI_LINK_RAW_TRACEPOINT:
		return (struct wanted){ .name = &info->raw_tracepoint.name,
					.name_size = &info->raw_tracepoint.name_len };
	case UAPI_LINK_ITER:
		return (struct wanted){ .name = &info->iter.name,
					.name_size = &info->iter.name_len };
	case UAPI_LINK_PERF_EVENT:
		return wanted_of_event(info);
	case UAPI_LINK_KPROBE_MULTI:
		return (struct wanted){
			.count = info->kprobe_multi.count,
			.arrays = { &info->kprobe_multi.addrs, &info->kprobe_multi.cookies },
		};
	case UAPI_LINK_UPROBE_MULTI:
		return (struct wanted){
			.name = &info->uprobe_multi.path,
			.name_size = &info->uprobe_multi.path_size,
			.count = info->uprobe_multi.count,
			.arrays = { &info->uprobe_multi.offsets, &info->uprobe_multi.cookies,
				    &info->uprobe_multi.ref_ctr_offsets },
		};
	}
	return (struct wanted){ 0 };
}

/* Kernels refuse pointers beyond the info that they know, which is `size` bytes. */
static bool is_known(const struct uapi_link_info *info, const uint64_t *pointer, uint32_t size)
{
	return (size_t)((const char *)pointer - (const char *)info) + sizeof(*pointer) <= size;
}

/* Gives the kernel the memory that it wants; 0 when it wants none. */
static int give_memory(struct linkinfo *link, uint32_t size)
{
	const struct wanted wanted = wanted_of(&link->info);
	uint64_t *memory;

	if (wanted.name) {
		*wanted.name = (uint64_t)(uintptr_t)link->name;
		*wanted.name_size = sizeof(link->name);
	}
	if (!wanted.count)
		return wanted.name != NULL;
	link->memory = memory = calloc(3 * (size_t)wanted.count, sizeof(*memory));
	if (!memory)
		return -ENOMEM;
	for (int i = 0; i < 3; i++, memory += wanted.count) {
		if (wanted.arrays[i] && is_known(&link->info, wanted.arrays[i], size))
			*wanted.arrays[i] = (uint64_t)(uintptr_t)memory;
	}
	return 1;
}

static const uint64_t *array_at(uint64_t pointer)
{
	return (const uint64_t *)(uintptr_t)pointer;
}

static void take_arrays(struct linkinfo *link)
{
	const struct uapi_link_info *info = &link->info;

	if (info->type == UAPI_LINK_KPROBE_MULTI) {
		link->count = info->kprobe_multi.count;
		link->addrs = array_at(info->kprobe_multi.addrs);
		link->cookies = array_at(info->kprobe_multi.cookies);
	} else if (info->type == UAPI_LINK_UPROBE_MULTI) {
		link->count = info->uprobe_multi.count;
		link->offsets = array_at(info->uprobe_multi.offsets);
		link->cookies = array_at(info->uprobe_multi.cookies);
		link->ref_ctr_offsets = array_at(info->uprobe_multi.ref_ctr_offsets);
	}
}

int linkinfo_read(int fd, struct linkinfo *link)
{
	uint32_t size = sizeof(link->info);
	int err;

	memset(link, 0, sizeof(*link));
	err = sys_obj_info(fd, &link->info, &size);
	if (err)
		return err;
	err = give_memory(link, size);
	if (err > 0)
		err = sys_obj_info(fd, &link->info, &size);
	if (err)
		linkinfo_free(link);
	else if (link->memory)
		take_arrays(link);
	link->name[sizeof(link->name) - 1] = '\0';
	return err;
}

void linkinfo_free(struct linkinfo *link)
{
	free(take_ptr(link->memory));
}
