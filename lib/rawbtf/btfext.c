// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The .BTF.ext section of an object file: its functions, source lines and CO-RE relocations. */
#include "rawbtf/btfext.h"

#include <byteswap.h>
#include <errno.h>
#include <linux/btf.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"

struct span {
	uint32_t off; /* from the end of the header */
	uint32_t len;
};

struct header {
	uint16_t magic;
	uint8_t version;
	uint8_t flags;
	uint32_t header_size;
	struct span spans[BTFEXT_PARTS]; /* the last one since LLVM 10 */
};

/* What comes before the records of one section. */
struct group {
	uint32_t section_name;
	uint32_t count;
};

static const struct {
	const char *name;
	size_t record_size;
} parts[] = {
	[BTFEXT_FUNCS] = { "functions", sizeof(struct btfext_func) },
	[BTFEXT_LINES] = { "lines", sizeof(struct btfext_line) },
	[BTFEXT_RELOS] = { "relocations", sizeof(struct btfext_relo) },
};

void btfext_close(struct btfext *ext)
{
	free(ext->copy);
	*ext = (struct btfext){ 0 };
}

static int check_header(const struct header *header, size_t size)
{
	size_t least = offsetof(struct header, spans[BTFEXT_RELOS]);

	if (size < least)
		return fail_plain(-EINVAL,
				  "BTF.ext is cut off: its header needs %zu bytes, it has %zu",
				  least, size);
	if (header->magic == bswap_16(BTF_MAGIC))
		return fail_plain(-EINVAL, "BTF.ext is of the other byte order");
	if (header->magic != BTF_MAGIC || header->version != BTF_VERSION || header->flags)
		return fail_plain(-EINVAL, "BTF.ext begins with 0x%04x, version %u, flags 0x%x",
				  header->magic, header->version, header->flags);
	if (header->header_size < least || header->header_size > size || header->header_size % 4)
		return fail_plain(-EINVAL, "BTF.ext has a header of %u bytes", header->header_size);
	return 0;
}

/* Sees that groups and records fill the table exactly. */
static int check_groups(struct btfext_table *table, const char *name)
{
	const unsigned char *at = table->at;
	struct group group;

	while (at < table->end) {
		uint64_t size;

		if ((size_t)(table->end - at) < sizeof(group))
			return fail_plain(-EINVAL, "BTF.ext: the table of %s is cut off", name);
		memcpy(&group, at, sizeof(group));
		size = sizeof(group) + (uint64_t)group.count * table->record_size;
		if (!group.count || size > (uint64_t)(table->end - at))
			return fail_plain(-EINVAL, "BTF.ext: a group of %u %s, %zd bytes are left",
					  group.count, name, table->end - at);
		at += size;
		table->groups++;
	}
	return 0;
}

static int open_part(const unsigned char *body, size_t size, const struct span *span,
		     enum btfext_part part, struct btfext_table *table)
{
	if (!span->len)
		return 0;
	if (span->off % 4 || span->len < sizeof(uint32_t) || (uint64_t)span->off + span->len > size)
		return fail_plain(-EINVAL, "BTF.ext: %s at %u, %u bytes, of %zu", parts[part].name,
				  span->off, span->len, size);
	memcpy(&table->record_size, body + span->off, sizeof(table->record_size));
	if (table->record_size < parts[part].record_size || table->record_size % 4)
		return fail_plain(-EINVAL, "BTF.ext: records of %u bytes for %s",
				  table->record_size, parts[part].name);
	table->at = body + span->off + sizeof(uint32_t);
	table->end = body + span->off + span->len;
	return check_groups(table, parts[part].name);
}

static int open_parts(const unsigned char *bytes, size_t size, struct btfext *ext)
{
	const struct header *header = (const void *)bytes;
	int err = check_header(header, size);

	for (int part = 0; !err && part < BTFEXT_PARTS; part++) {
		if (header->header_size < offsetof(struct header, spans[part + 1]))
			break;
		err = open_part(bytes + header->header_size, size - header->header_size,
				&header->spans[part], part, &ext->parts[part]);
	}
	return err;
}

int btfext_open(const void *data, size_t size, struct btfext *ext)
{
	int err;

	*ext = (struct btfext){ 0 };
	if ((uintptr_t)data % _Alignof(struct header)) {
		ext->copy = malloc(size);
		if (!ext->copy)
			return fail(-ENOMEM, "read %zu bytes of BTF.ext", size);
		data = memcpy(ext->copy, data, size);
	}
	err = open_parts(data, size, ext);
	if (err)
		btfext_close(ext);
	return err;
}

const void *btfext_next(struct btfext_walk *walk)
{
	const void *record;

	if (!walk->next)
		walk->next = walk->table->at;
	if (walk->next == walk->table->end)
		return NULL;
	if (!walk->left) {
		struct group group;

		memcpy(&group, walk->next, sizeof(group));
		walk->section_name = group.section_name;
		walk->left = group.count;
		walk->next += sizeof(group);
	}
	record = walk->next;
	walk->next += walk->table->record_size;
	walk->left--;
	return record;
}

void btfext_skip(struct btfext_walk *walk)
{
	walk->next += (size_t)walk->left * walk->table->record_size;
	walk->left = 0;
}
