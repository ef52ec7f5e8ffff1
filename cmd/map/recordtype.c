// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The type of a ring buffer's records, which no map tells: by a name, from BTF that is near. */
#include "map/recordtype.h"

#include <errno.h>
#include <stdbool.h>

#include "base/err.h"
#include "bpf/info.h"
#include "btf/find.h"
#include "obj/obj.h"

struct search {
	const char *name;
	uint32_t map_id;
	bool looked; /* into any BTF at all */
	struct recordtype *type;
};

/* 1: found; 0: not there, or a BTF that went away meanwhile. */
static int look_into(struct search *search, uint32_t btf_id)
{
	struct btf *btf AUTO(types) = NULL;
	struct find found;

	if (!btf_id || types_load(btf_id, &btf)) {
		fail_clear();
		return 0;
	}
	search->looked = true;
	if (find_type(btf, search->name, &found))
		return 0;
	search->type->plan = plan_new(btf, found.id, found.size, "formatted");
	if (!search->type->plan)
		return fail_context(-EINVAL, "type '%s'", search->name);
	search->type->size = found.size;
	search->type->btf = take_ptr(btf);
	return 1;
}

static int visit_prog(const struct obj *prog, void *context)
{
	struct info_prog_detail detail AUTO_DETAIL = { 0 };
	struct search *search = context;

	if (info_prog_detail(prog->fd, INFO_MAP_IDS, &detail)) {
		fail_clear();
		return 0;
	}
	for (uint32_t i = 0; i < detail.map_id_count; i++) {
		if (detail.map_ids[i] == search->map_id)
			return look_into(search, detail.info.btf_id);
	}
	return 0;
}

int recordtype_find(const struct bpf_map_info *info, const char *name, struct recordtype *type)
{
	struct search search = { .name = name, .map_id = info->id, .type = type };
	int found = look_into(&search, info->btf_id) ?: obj_walk(OBJ_PROG, visit_prog, &search);

	if (found)
		return found < 0 ? found : 0;
	if (!search.looked)
		return fail_missing(
			"no type '%s': neither map %u nor a program that uses it has BTF", name,
			info->id);
	return fail_missing("no type '%s' in the BTF of map %u and of the programs that use it",
			    name, info->id);
}

void recordtype_close(struct recordtype *type)
{
	plan_free(type->plan);
	types_free(type->btf);
}
