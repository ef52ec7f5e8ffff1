// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Whether a map that exists is what an object file wants of one of its maps. */
#include "bpf/mapdiffer.h"

#include <errno.h>
#include <inttypes.h>
#include <linux/bpf.h>

#include "base/err.h"
#include "bpf/info.h"
#include "bpf/names.h"

struct number {
	const char *name;
	uint64_t is, wanted;
};

/* The kernel adds a flag to maps of devices that user space cannot set on others. */
static uint32_t flags_of(const struct bpf_map_info *info)
{
	bool devices = info->type == BPF_MAP_TYPE_DEVMAP || info->type == BPF_MAP_TYPE_DEVMAP_HASH;

	return devices ? info->map_flags & ~(uint32_t)BPF_F_RDONLY_PROG : info->map_flags;
}

/* An array of perf events without a size gets one from libbpf: the number of processors. */
static uint32_t entries_wanted(const struct objfile_map *map, uint32_t is)
{
	bool any = map->type == BPF_MAP_TYPE_PERF_EVENT_ARRAY && !map->max_entries;

	return any ? is : map->max_entries;
}

int mapdiffer_check(const struct objfile *file, const struct objfile_map *map, int fd,
		    const char *which)
{
	struct bpf_map_info info = { 0 };
	char is[NAMES_SCRATCH], wanted[NAMES_SCRATCH];
	int err = info_map(fd, &info);

	if (err)
		return fail(err, "%s: take map '%s' %s", file->elf.name, map->name, which);
	if (info.type != map->type)
		return fail_plain(-EINVAL, "%s: map '%s' %s is of type %s, the object wants %s",
				  file->elf.name, map->name, which,
				  names_map_type_or_number(info.type, is),
				  names_map_type_or_number(map->type, wanted));
	const struct number numbers[] = {
		{ "key_size", info.key_size, map->key_size },
		{ "value_size", info.value_size, map->value_size },
		{ "max_entries", info.max_entries, entries_wanted(map, info.max_entries) },
		{ "flags", flags_of(&info), map->flags },
		{ "map_extra", info.map_extra, map->extra },
	};

	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
		if (numbers[i].is != numbers[i].wanted)
			return fail_plain(-EINVAL,
					  "%s: map '%s' %s has %s %" PRIu64
					  ", the object wants %" PRIu64,
					  file->elf.name, map->name, which, numbers[i].name,
					  numbers[i].is, numbers[i].wanted);
	}
	return 0;
}
