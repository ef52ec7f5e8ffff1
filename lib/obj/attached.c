// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Where a program is attached without a link: control groups, maps of sockets, the netns. */
#include "obj/attached.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "base/err.h"
#include "bpf/attachtype.h"
#include "bpf/info.h"
#include "bpf/sys.h"
#include "bpf/uapi_attach.h"
#include "obj/cgroups.h"

#define PROGS_MAX 64 /* of one attach type in a control group, BPF_CGROUP_MAX_PROGS */

struct search {
	uint32_t prog_id, prog_type;
	const struct attached_links *links;
	struct attached_list *found;
};

static bool has_hooks(uint32_t prog_type)
{
	for (uint32_t type = 0; prog_type && attachtype_name(type); type++) {
		if (attachtype_prog_type(type) == prog_type)
			return true;
	}
	return false;
}

static bool has_prog(int fd, uint32_t attach_type, uint32_t prog_id)
{
	uint32_t ids[PROGS_MAX];
	struct uapi_query query = {
		.target = (uint32_t)fd,
		.attach_type = attach_type,
		.prog_ids = (uintptr_t)ids,
		.count = PROGS_MAX,
	};
	int err = sys_prog_query(&query);

	if (err && err != -ENOSPC)
		return false;
	for (uint32_t i = 0; i < query.count && i < PROGS_MAX; i++) {
		if (ids[i] == prog_id)
			return true;
	}
	return false;
}

static bool is_link(const struct uapi_link_info *link, const struct attached *place)
{
	switch (link->type) {
	case UAPI_LINK_CGROUP:
		return link->cgroup.cgroup_id == place->cgroup_id &&
		       link->cgroup.attach_type == place->attach_type;
	case UAPI_LINK_SOCKMAP:
		return link->map.map_id == place->map_id &&
		       link->map.attach_type == place->attach_type;
	case UAPI_LINK_NETNS:
		return link->netns.attach_type == place->attach_type;
	default:
		return false;
	}
}

static bool is_known(const struct search *search, const struct attached *place)
{
	vec_each (link, search->links) {
		if (is_link(link, place))
			return true;
	}
	vec_each (found, search->found) {
		if (found->attach_type == place->attach_type && place->cgroup_id &&
		    found->cgroup_id == place->cgroup_id)
			return true;
	}
	return false;
}

/* Asks what is behind `fd` for the program; `place` says what that is, `path` is a cgroup's. */
static int ask(const struct search *search, int fd, const struct attached *place, const char *path)
{
	for (uint32_t type = 0; attachtype_name(type); type++) {
		struct attached found = *place;

		found.attach_type = type;
		if (attachtype_prog_type(type) != search->prog_type || is_known(search, &found) ||
		    !has_prog(fd, found.attach_type, search->prog_id))
			continue;
		found.cgroup = path ? strdup(path) : NULL;
		if ((!path || found.cgroup) && !vec_push(search->found, found))
			continue;
		free(found.cgroup);
		return fail(-ENOMEM, "find where program %u is attached", search->prog_id);
	}
	return 0;
}

static int visit_cgroup(const struct cgroup *cgroup, void *context)
{
	const struct attached place = { .cgroup_id = cgroup->id };

	return ask(context, cgroup->fd, &place, cgroup->path);
}

static int find_in_cgroups(struct search *search)
{
	struct cgroup_walk walk = { .visit = visit_cgroup, .context = search };

	return cgroups_walk(&walk);
}

static int visit_map(const struct obj *map, void *context)
{
	struct attached place = { .map_id = map->id };
	struct bpf_map_info info;

	if (info_map(map->fd, &info) ||
	    (info.type != BPF_MAP_TYPE_SOCKMAP && info.type != BPF_MAP_TYPE_SOCKHASH))
		return 0;
	memcpy(place.map_name, info.name, sizeof(place.map_name));
	return ask(context, map->fd, &place, NULL);
}

static int find_in_netns(struct search *search)
{
	auto_fd int netns = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
	const struct attached place = { 0 };

	return netns < 0 ? 0 : ask(search, netns, &place, NULL);
}

int attached_find(const struct obj *prog, const struct attached_links *links,
		  struct attached_list *list)
{
	struct search search = { .prog_id = prog->id, .links = links, .found = list };
	struct bpf_prog_info info;
	int err = info_prog(prog->fd, &info);

	if (err && err != -ENODEV)
		return fail(err, "read program %u", prog->id);
	search.prog_type = info.type;
	if (!has_hooks(info.type))
		return 0;
	if (info.type == BPF_PROG_TYPE_SK_SKB || info.type == BPF_PROG_TYPE_SK_MSG)
		return obj_walk(OBJ_MAP, visit_map, &search);
	if (info.type == BPF_PROG_TYPE_FLOW_DISSECTOR)
		return find_in_netns(&search);
	return find_in_cgroups(&search);
}

void attached_free(struct attached_list *list)
{
	vec_each (attached, list)
		free(attached->cgroup);
	vec_free(list);
}
