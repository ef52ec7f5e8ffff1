// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What a program is bound up with: the links and program arrays that hold it, its own maps. */
#include "obj/uses.h"

#include <errno.h>
#include <string.h>

#include "base/err.h"
#include "bpf/info.h"
#include "bpf/sys.h"

struct search {
	uint32_t prog_id;
	struct uses *uses;
};

static int visit_link(const struct obj *link, void *context)
{
	struct search *search = context;
	struct bpf_link_info info;
	struct uses_link row;

	if (info_link(link->fd, &info) || info.prog_id != search->prog_id)
		return 0;
	row = (struct uses_link){ .id = info.id, .type = info.type };
	if (info.type == BPF_LINK_TYPE_XDP)
		row.ifindex = info.xdp.ifindex;
	return vec_push(&search->uses->links, row);
}

static int visit_map(const struct obj *map, void *context)
{
	struct search *search = context;
	struct bpf_map_info info;
	int err = 0;

	if (info_map(map->fd, &info) || info.type != BPF_MAP_TYPE_PROG_ARRAY)
		return 0;
	for (uint32_t index = 0; !err && index < info.max_entries; index++) {
		struct uses_slot row = { .map_id = info.id, .index = index };
		uint32_t prog_id;

		if (sys_map_lookup(map->fd, &index, &prog_id) || prog_id != search->prog_id)
			continue;
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
	return err == -ENOMEM ? fail(err, "find what uses program %u", prog->id) : err;
}

void uses_free(struct uses *uses)
{
	vec_free(&uses->links);
	vec_free(&uses->slots);
	vec_free(&uses->own_maps);
}
