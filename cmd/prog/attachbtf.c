// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The function, tracepoint or hook that a program was loaded for (attach_btf). */
#include "prog/attachbtf.h"

#include "base/err.h"
#include "out/out.h"

void attachbtf_forget(struct attachbtf_cache *cache)
{
	typenames_close(&cache->names);
	cache->btf_id = 0;
}

static const char *name_of(const struct bpf_prog_info *info, struct attachbtf_cache *cache)
{
	if (cache->btf_id != info->attach_btf_obj_id) {
		attachbtf_forget(cache);
		cache->btf_id = info->attach_btf_obj_id;
		if (typenames_open(cache->btf_id, &cache->names))
			fail_clear();
	}
	return typenames_of(&cache->names, info->attach_btf_id);
}

void attachbtf_show(struct out *out, const struct bpf_prog_info *info,
		    struct attachbtf_cache *cache)
{
	const char *name;

	if (!info->attach_btf_obj_id || !info->attach_btf_id)
		return;
	name = name_of(info, cache);
	out_uint(out, "attach_btf_obj_id", NULL, info->attach_btf_obj_id);
	out_uint(out, "attach_btf_id", *name ? NULL : "attach_btf_id %", info->attach_btf_id);
	if (*name)
		out_str(out, "attach_btf_name", "attach_btf %", name);
}
