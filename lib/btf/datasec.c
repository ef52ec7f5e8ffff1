// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The variables of a data section: what the value of a map of globals consists of. */
#include "btf/datasec.h"

#include <bpf/btf.h>
#include <errno.h>

#include "btf/types.h"

uint32_t datasec_count(const struct btf *btf, uint32_t id)
{
	const struct btf_type *section = btf__type_by_id(btf, id);

	return section && btf_is_datasec(section) ? btf_vlen(section) : 0;
}

int datasec_var(const struct btf *btf, uint32_t id, uint32_t index, struct datasec_var *var)
{
	const struct btf_var_secinfo *entry = btf_var_secinfos(btf__type_by_id(btf, id)) + index;
	const struct btf_type *type = btf__type_by_id(btf, entry->type);

	if (!type || !btf_is_var(type))
		return -EINVAL;
	*var = (struct datasec_var){
		.name = types_string(btf, type->name_off),
		.type_id = type->type,
		.offset = entry->offset,
		.size = entry->size,
	};
	return 0;
}
