// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What a program says of itself: its constants whose names begin with bpf_metadata_. */
#include "prog/metadata.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/text.h"
#include "bpf/info.h"
#include "bpf/sys.h"
#include "btf/datasec.h"
#include "btf/mention.h"
#include "btf/plan.h"
#include "btf/render.h"
#include "btf/types.h"
#include "out/out.h"

#define PREFIX "bpf_metadata_"

/* The constants of a program. */
struct metadata {
	struct btf *btf;
	uint32_t section; /* their type */
	uint8_t *value;
	uint32_t size; /* bytes */
};

static void metadata_free(struct metadata *metadata)
{
	types_free(metadata->btf);
	free(metadata->value);
}

/* libbpf calls the map of constants by the object's name and this. */
static bool has_constants(const struct bpf_map_info *info)
{
	return info->type == BPF_MAP_TYPE_ARRAY && info->key_size == sizeof(uint32_t) &&
	       info->max_entries == 1 && info->btf_value_type_id && strstr(info->name, ".rodata");
}

static int read_value(int map, const struct bpf_map_info *info, struct metadata *metadata)
{
	const uint32_t key = 0;

	metadata->section = info->btf_value_type_id;
	metadata->size = info->value_size;
	metadata->value = malloc(info->value_size);
	if (!metadata->value)
		return fail(-ENOMEM, "read the constants of a program");
	return sys_map_lookup(map, &key, metadata->value)
		       ?: types_load(info->btf_id, &metadata->btf);
}

/* False where there is none, or it may not be read: the rest of the account stands without. */
static bool find(const struct info_prog_detail *detail, struct metadata *metadata,
		 struct mention *cache)
{
	/* The BTF of the program is that of its constants. */
	if (detail->info.btf_id && !mention_find(cache, detail->info.btf_id, PREFIX))
		return false;
	for (uint32_t i = 0; i < detail->map_id_count; i++) {
		auto_fd int map = sys_map_by_id_readonly(detail->map_ids[i]);
		struct bpf_map_info info;

		if (map < 0 || info_map(map, &info) || !has_constants(&info))
			continue;
		if (!read_value(map, &info, metadata))
			return true;
		fail_clear();
		return false;
	}
	return false;
}

static void show_value(struct out *out, const struct metadata *metadata,
		       const struct datasec_var *var, const char *key)
{
	const uint8_t *bytes = metadata->value + var->offset;
	struct plan *plan AUTO(plan) = plan_new(metadata->btf, var->type_id, var->size, key);

	if (plan) {
		render(out, plan, bytes);
		return;
	}
	fail_clear();
	out_bytes(out, key, "%", bytes, var->size);
}

static void show_var(struct out *out, const struct metadata *metadata,
		     const struct datasec_var *var)
{
	const char *key = var->name + strlen(PREFIX);

	out_str(out, NULL, "% =", key);
	out_text(out, " ");
	out_typed_line(out);
	show_value(out, metadata, var, key);
	out_end(out);
}

static void show_heading(struct out *out)
{
	out_object(out, "metadata");
	out_text(out, "\tmetadata:\n");
	out_indent(out, 2);
}

void metadata_show(struct out *out, const struct info_prog_detail *detail, struct mention *cache)
{
	struct metadata metadata __attribute__((cleanup(metadata_free))) = { 0 };
	uint32_t count = 0;
	bool any = false;

	if (detail->map_id_count && find(detail, &metadata, cache))
		count = datasec_count(metadata.btf, metadata.section);
	for (uint32_t i = 0; i < count; i++) {
		struct datasec_var var;

		if (datasec_var(metadata.btf, metadata.section, i, &var) ||
		    !text_starts(var.name, PREFIX) || var.offset > metadata.size ||
		    var.size > metadata.size - var.offset)
			continue;
		if (!any)
			show_heading(out);
		any = true;
		show_var(out, &metadata, &var);
	}
	out_indent(out, 1);
	if (any)
		out_end(out);
}
