// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* BTF as the bytes of a .BTF section or of the kernel: where its types and strings are. */
#include "rawbtf/rawbtf.h"

#include <byteswap.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/err.h"

/* The kernel's limits (include/uapi/linux/btf.h), which vmlinux itself keeps within. */
#define TYPES_MAX   BTF_MAX_TYPE
#define STRINGS_MAX BTF_MAX_NAME_OFFSET

/* What follows struct btf_type: one piece of a fixed size, then one of each `vlen` items. */
struct kind {
	const char *name;
	unsigned char fixed;
	unsigned char each;
};

static const struct kind kinds[] = {
	[BTF_KIND_INT] = { "int", sizeof(uint32_t), 0 },
	[BTF_KIND_PTR] = { "pointer", 0, 0 },
	[BTF_KIND_ARRAY] = { "array", sizeof(struct btf_array), 0 },
	[BTF_KIND_STRUCT] = { "struct", 0, sizeof(struct btf_member) },
	[BTF_KIND_UNION] = { "union", 0, sizeof(struct btf_member) },
	[BTF_KIND_ENUM] = { "enum", 0, sizeof(struct btf_enum) },
	[BTF_KIND_FWD] = { "forward declaration", 0, 0 },
	[BTF_KIND_TYPEDEF] = { "typedef", 0, 0 },
	[BTF_KIND_VOLATILE] = { "volatile", 0, 0 },
	[BTF_KIND_CONST] = { "const", 0, 0 },
	[BTF_KIND_RESTRICT] = { "restrict", 0, 0 },
	[BTF_KIND_FUNC] = { "function", 0, 0 },
	[BTF_KIND_FUNC_PROTO] = { "prototype", 0, sizeof(struct btf_param) },
	[BTF_KIND_VAR] = { "variable", sizeof(struct btf_var), 0 },
	[BTF_KIND_DATASEC] = { "section", 0, sizeof(struct btf_var_secinfo) },
	[BTF_KIND_FLOAT] = { "float", 0, 0 },
	[BTF_KIND_DECL_TAG] = { "declaration tag", sizeof(struct btf_decl_tag), 0 },
	[BTF_KIND_TYPE_TAG] = { "type tag", 0, 0 },
	[BTF_KIND_ENUM64] = { "enum64", 0, sizeof(struct btf_enum64) },
};

const char *rawbtf_kind_name(unsigned int kind)
{
	return kind < sizeof(kinds) / sizeof(*kinds) ? kinds[kind].name : NULL;
}

const struct btf_type *rawbtf_type(const struct rawbtf *raw, uint32_t id)
{
	while (id < raw->first)
		raw = raw->base;
	return (const void *)(raw->types + raw->offsets[id - raw->first]);
}

const char *rawbtf_string(const struct rawbtf *raw, uint32_t offset)
{
	if (offset >= raw->strings_size)
		return "";
	while (offset < raw->first_string)
		raw = raw->base;
	return raw->strings + (offset - raw->first_string);
}

void rawbtf_close(struct rawbtf *raw)
{
	free(raw->offsets);
	free(raw->copy);
	*raw = (struct rawbtf){ 0 };
}

static int check_header(const struct btf_header *header, size_t size)
{
	if (size < sizeof(*header))
		return fail_plain(-EINVAL, "BTF is cut off: its header needs %zu bytes, it has %zu",
				  sizeof(*header), size);
	if (header->magic == bswap_16(BTF_MAGIC))
		return fail_plain(-EINVAL, "BTF is of the other byte order");
	if (header->magic != BTF_MAGIC)
		return fail_plain(-EINVAL, "BTF does not begin as BTF does (0x%04x)",
				  header->magic);
	if (header->version != BTF_VERSION)
		return fail_plain(-EINVAL, "BTF is of version %u, not 1", header->version);
	if (header->hdr_len < sizeof(*header) || header->hdr_len > size || header->hdr_len % 4)
		return fail_plain(-EINVAL, "BTF has a header of %u bytes", header->hdr_len);
	return 0;
}

/* Types before strings, apart and in bounds: libbpf 1.1 writes to types in place. */
static int check_layout(const struct btf_header *header, size_t size, bool split)
{
	uint64_t types_end = (uint64_t)header->type_off + header->type_len;
	uint64_t strings_end = (uint64_t)header->str_off + header->str_len;

	if (header->type_off % 4 || types_end > header->str_off)
		return fail_plain(-EINVAL, "BTF has types at %u, %u bytes, strings at %u",
				  header->type_off, header->type_len, header->str_off);
	if (strings_end > size - header->hdr_len)
		return fail_plain(-EINVAL, "BTF is cut off: its strings end at %llu, it has %zu",
				  (unsigned long long)(header->hdr_len + strings_end), size);
	if ((!header->str_len && !split) || header->str_len > STRINGS_MAX)
		return fail_plain(-EINVAL, "BTF has %u bytes of strings", header->str_len);
	return 0;
}

/* The bytes that type `id` takes, or 0 with the failure recorded. */
static size_t type_size(const struct btf_type *type, size_t left, uint32_t id)
{
	size_t size = sizeof(*type);
	unsigned int kind;

	if (left >= size) {
		kind = rawbtf_kind(type);
		if (!rawbtf_kind_name(kind)) {
			fail_plain(-EINVAL, "BTF type [%u] is of unknown kind %u", id, kind);
			return 0;
		}
		size += kinds[kind].fixed + (size_t)kinds[kind].each * rawbtf_vlen(type);
	}
	if (left >= size)
		return size;
	fail_plain(-EINVAL, "BTF type [%u] goes beyond the end of the types", id);
	return 0;
}

static int index_types(struct rawbtf *raw, uint32_t types_size)
{
	raw->offsets = calloc(types_size / sizeof(struct btf_type) + 1, sizeof(*raw->offsets));
	if (!raw->offsets)
		return fail(-ENOMEM, "index the types of BTF");
	raw->count = raw->first;
	for (uint32_t at = 0; at < types_size;) {
		const struct btf_type *type = (const void *)(raw->types + at);
		size_t size = type_size(type, types_size - at, raw->count);

		if (!size)
			return -EINVAL;
		if (raw->count >= TYPES_MAX)
			return fail_plain(-E2BIG, "BTF has more than %u types", TYPES_MAX);
		raw->offsets[raw->count++ - raw->first] = at;
		at += (uint32_t)size;
	}
	return 0;
}

/* Only what goes on from other BTF has no empty string of its own. */
static int fail_split(void)
{
	fail_plain(-EINVAL, "BTF has no empty string, so that it is split BTF without its base");
	return fail_hint("name the base with -B FILE");
}

static int find_parts(const unsigned char *bytes, size_t size, struct rawbtf *raw)
{
	const struct btf_header *header = (const void *)bytes;
	int err = check_header(header, size);

	if (!err)
		err = check_layout(header, size, raw->base);
	if (err)
		return err;
	raw->types = bytes + header->hdr_len + header->type_off;
	raw->strings = (const char *)bytes + header->hdr_len + header->str_off;
	raw->strings_size = raw->first_string + header->str_len;
	if (header->str_len && raw->strings[header->str_len - 1])
		return fail_plain(-EINVAL, "BTF has strings without their NUL bytes");
	if (!raw->base && raw->strings[0])
		return fail_split();
	return index_types(raw, header->type_len);
}

int rawbtf_open_split(const void *data, size_t size, const struct rawbtf *base, struct rawbtf *raw)
{
	int err;

	*raw = (struct rawbtf){
		.base = base,
		.first = base ? base->count : 1,
		.first_string = base ? base->strings_size : 0,
	};
	/* Old compilers put .BTF at any offset. */
	if ((uintptr_t)data % _Alignof(struct btf_type)) {
		raw->copy = malloc(size);
		if (!raw->copy)
			return fail(-ENOMEM, "read %zu bytes of BTF", size);
		data = memcpy(raw->copy, data, size);
	}
	err = find_parts(data, size, raw);
	if (err)
		rawbtf_close(raw);
	return err;
}

int rawbtf_open(const void *data, size_t size, struct rawbtf *raw)
{
	return rawbtf_open_split(data, size, NULL, raw);
}
