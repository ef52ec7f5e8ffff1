// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What a program is bound up with: the links, places and maps that hold it, its own maps. */
#include "obj/uses.h"

#include <errno.h>
#include <string.h>

#include "base/err.h"
#include "bpf/info.h"
#include "bpf/linkinfo.h"
#include "bpf/sys.h"

struct search {
	uint32_t prog_id;
	struct uses *uses;
};

static int visit_link(const struct obj *link, void *context)
{
	struct search *search = context;
	struct uapi_link_info info;

	if (linkinfo_fixed(link->fd, &info) || info.prog_id != search->prog_id)
		return 0;
	return vec_push(&search->uses->links, info);
}

/* Values of the last three had no place for a program before 5.8. */
static bool holds_programs(const struct bpf_map_info *info)
{
	switch (info->type) {
	case BPF_MAP_TYPE_PROG_ARRAY:
		return true;
	case BPF_MAP_TYPE_DEVMAP:
	case BPF_MAP_TYPE_DEVMAP_HASH:
	case BPF_MAP_TYPE_CPUMAP:
		return info->value_size == 2 * sizeof(uint32_t);
	default:
		return false;
	}
}

/* The id of the program in an element: alone, or behind an ifindex or the length of a queue. */
static uint32_t prog_at(int fd, const struct bpf_map_info *info, uint32_t key)
{
	uint32_t value[2] = { 0 };

	if (sys_map_lookup(fd, &key, value))
		return 0;
	return value[info->type != BPF_MAP_TYPE_PROG_ARRAY];
}

static int next_key(int fd, const struct bpf_map_info *info, const uint32_t *last, uint32_t *key)
{
	if (info->type == BPF_MAP_TYPE_DEVMAP_HASH)
		return sys_map_next_key(fd, last, key);
	*key = last ? *last + 1 : 0;
	return 0;
}

static int visit_map(const struct obj *map, void *context)
{
	struct search *search = context;
	struct bpf_map_info info;
	const uint32_t *last = NULL;
	uint32_t key;
	int err = 0;

	if (info_map(map->fd, &info) || !holds_programs(&info))
		return 0;
	/* One that changes meanwhile may begin again and again. */
	for (uint32_t left = info.max_entries; !err && left; left--) {
		struct uses_slot row = { .map_id = info.id, .map_type = info.type };

		if (next_key(map->fd, &info, last, &key))
			break;
		last = &key;
		if (prog_at(map->fd, &info, key) != search->prog_id)
			continue;
		row.key = key;
		memcpy(row.map_name, info.name, sizeof(row.map_name));
		err = vec_push(&search->uses->slots, row);
	}
	return err;
}

static void drop_map(struct uses_maps *maps, uint32_t id)
{
	for (size_t i = 0; i < maps->n; i++) {
		if (maps->v[i] == id)
			maps->v[i--] = maps->v[--maps->n];
	}
}

/* A map of another program is not this one's own. */
static int visit_prog(const struct obj *prog, void *context)
{
	struct info_prog_detail detail AUTO_DETAIL = { 0 };
	struct search *search = context;

	if (prog->id == search->prog_id)
		return 0;
	if (info_prog_detail(prog->fd, INFO_MAP_IDS, &detail)) {
		fail_clear();
		return 0;
	}
	for (uint32_t i = 0; i < detail.map_id_count; i++)
		drop_map(&search->uses->own_maps, detail.map_ids[i]);
	return 0;
}

static int read_own_maps(const struct obj *prog, struct search *search)
{
	struct info_prog_detail detail AUTO_DETAIL = { 0 };
	int err = info_prog_detail(prog->fd, INFO_MAP_IDS, &detail);

	for (uint32_t i = 0; !err && i < detail.map_id_count; i++)
		err = vec_push(&search->uses->own_maps, detail.map_ids[i]);
	return err ?: obj_walk(OBJ_PROG, visit_prog, search);
}

int uses_read(const struct obj *prog, struct uses *uses)
{
	struct search search = { .prog_id = prog->id, .uses = uses };
	int err = obj_walk(OBJ_LINK, visit_link, &search);

	err = err ?: obj_walk(OBJ_MAP, visit_map, &search);
	err = err ?: read_own_maps(prog, &search);
	err = err ?: attached_find(prog, &uses->links, &uses->attached);
	return err == -ENOMEM ? fail(err, "find what uses program %u", prog->id) : err;
}

void uses_free(struct uses *uses)
{
	vec_free(&uses->links);
	attached_free(&uses->attached);
	vec_free(&uses->slots);
	vec_free(&uses->own_maps);
}
