// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What begins every account of a map: id, type, name, flags. */
#include "map/heading.h"

#include "bpf/names.h"
#include "out/out.h"

void heading_show(struct out *out, const struct bpf_map_info *info)
{
	out_uint(out, "id", "%:", info->id);
	if (names_map_type(info->type))
		out_str(out, "type", "%", names_map_type(info->type));
	else
		out_uint(out, "type", "type %", info->type);
	if (info->name[0])
		out_str(out, "name", "name %", info->name);
	out_hex(out, "flags", "flags %", info->map_flags);
}
