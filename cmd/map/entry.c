// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* An element of a map as it is shown: its bytes, and what they mean by the map's BTF. */
#include "map/entry.h"

#include <errno.h>
#include <string.h>

#include "base/err.h"
#include "bpf/uapi.h"
#include "btf/render.h"
#include "map/program.h"
#include "out/out.h"

/* What text puts on one line: keys and values of 24 bytes together, neither longer than 16. */
#define LINE_BYTES 24
#define PART_BYTES 16

/* Values of struct_ops maps are of types of the kernel, and keys of none. */
static uint32_t value_type(const struct bpf_map_info *info)
{
	return info->btf_vmlinux_value_type_id ?: info->btf_value_type_id;
}

static int load_types(const struct bpf_map_info *info, struct btf **btf)
{
	uint32_t id = info->btf_id;

	if (info->btf_vmlinux_value_type_id)
		id = uapi_map_vmlinux_btf_id(info);
	return id ? types_load(id, btf) : types_load_kernel(btf);
}

static void compile(struct entry *entry, const struct bpf_map_info *info)
{
	bool key_typed = info->btf_key_type_id && !info->btf_vmlinux_value_type_id;

	if (!value_type(info))
		return;
	if (!load_types(info, &entry->btf) && key_typed)
		entry->key = plan_new(entry->btf, info->btf_key_type_id, info->key_size, "key");
	if (entry->btf && (entry->key || !key_typed))
		entry->value = plan_new(entry->btf, value_type(info), info->value_size, "value");
	if (!entry->value)
		warn("map %u is shown as bytes, not by its types: %s", info->id, fail_last()->text);
	fail_clear();
}

/* Where one part is long, both stand below their titles. */
static void choose_layout(struct entry *entry, uint32_t key_size, uint32_t value_size)
{
	bool titles = key_size > PART_BYTES || value_size > PART_BYTES;

	entry->one_line = !titles && key_size + value_size <= LINE_BYTES;
	entry->key_text = titles ? "key:\n%" : "key: %";
	entry->value_text = titles ? "value:\n%" : "value: %";
	entry->inner_text = titles ? "inner_map_id:\n% " : "inner_map_id: % ";
}

int entry_open(struct entry *entry, const struct bpf_map_info *info)
{
	int err;

	*entry = (struct entry){ .map_type = info->type };
	err = shape_of(info, &entry->shape);
	err = err ?: parts_open(&entry->parts, &entry->shape, info->value_size > PART_BYTES);
	if (err)
		return err;
	choose_layout(entry, info->key_size, info->value_size);
	compile(entry, info);
	return 0;
}

void entry_close(struct entry *entry)
{
	shape_free(&entry->shape);
	parts_close(&entry->parts);
	plan_free(entry->key);
	plan_free(entry->value);
	types_free(entry->btf);
}

static void show_value_bytes(struct out *out, const struct entry *entry, const char *value)
{
	const struct shape *shape = &entry->shape;
	uint32_t id;

	if (entry->sum.wanted) {
		sum_show(out, entry, "sum: %", value);
		return;
	}
	if (shape->kinds->per_cpu) {
		parts_show(out, entry, value);
		return;
	}
	out_bytes(out, "value", shape->kinds->of_maps ? NULL : entry->value_text, value,
		  shape->value_size);
	if (!shape->kinds->of_maps && !shape->kinds->of_progs)
		return;
	memcpy(&id, value, sizeof(id));
	if (shape->kinds->of_progs)
		program_show(out, id);
	else
		out_uint(out, "inner_map_id", entry->inner_text, id);
}

static void show_bytes(struct out *out, const struct entry *entry, const void *key,
		       const char *value)
{
	bool per_cpu = entry->shape.kinds->per_cpu && !entry->sum.wanted;

	if (!entry->no_keys)
		out_bytes(out, "key", per_cpu ? "key:\n%" : entry->key_text, key,
			  entry->shape.key_size);
	if (per_cpu || !entry->one_line)
		out_line(out);
	if (!entry->no_values)
		show_value_bytes(out, entry, value);
}

static void show_typed(struct out *out, const struct entry *entry, const void *key,
		       const void *value)
{
	out_wrap(out, "formatted");
	if (entry->key && !entry->no_keys)
		render(out, entry->key, key);
	if (entry->sum.wanted)
		sum_show(out, entry, "%", value);
	else if (entry->shape.kinds->per_cpu && !entry->no_values)
		parts_show_typed(out, entry, value);
	else if (!entry->no_values)
		render(out, entry->value, value);
	out_end(out);
}

static void show_inner(struct out *out, const struct entry *entry, const void *value)
{
	uint32_t id;

	memcpy(&id, value, sizeof(id));
	out_line(out);
	inner_show(out, entry, id);
}

void entry_show(struct out *out, const struct entry *entry, const void *key, const void *value)
{
	out_object(out, NULL);
	if (entry->value) {
		out_json_only(out);
		show_bytes(out, entry, key, value);
		out_end(out);
		show_typed(out, entry, key, value);
	} else {
		show_bytes(out, entry, key, value);
	}
	if (entry->inner.wanted)
		show_inner(out, entry, value);
	out_line(out);
	out_end(out);
}

void entry_show_value(struct out *out, const struct entry *entry, const void *value)
{
	out_object(out, NULL);
	out_bytes(out, "key", NULL, NULL, 0);
	out_bytes(out, "value", entry->value_text, value, entry->shape.value_size);
	out_line(out);
	out_end(out);
}

/* What text says of a slot that holds nothing, or nothing that can be told. */
static const char *missing(const struct entry *entry, int err)
{
	if (err == -ENOENT)
		return "<no entry>";
	if (err == -ENOSPC && entry->map_type == BPF_MAP_TYPE_REUSEPORT_SOCKARRAY)
		return "<cannot read>";
	return err_text(err);
}

void entry_show_error(struct out *out, const struct entry *entry, const void *key, int err)
{
	struct entry layout = *entry;
	uint32_t key_size = entry->shape.key_size;
	const char *text = missing(entry, err);

	choose_layout(&layout, key_size, (uint32_t)strlen(text));
	out_object(out, NULL);
	out_bytes(out, "key", layout.key_text, key, key_size);
	if (!layout.one_line)
		out_line(out);
	out_object(out, "value");
	out_str(out, "error", entry->value ? "%" : NULL, err_text(err));
	out_str(out, NULL, layout.value_text, text);
	out_end(out);
	out_line(out);
	out_end(out);
}
