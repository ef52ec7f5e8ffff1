/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What the files that show types as they stand in BTF share. */
#ifndef XH_BTF_RAWDUMP_INNER_H
#define XH_BTF_RAWDUMP_INNER_H

#include "rawbtf/rawbtf.h"

struct out;

/* A type that is being shown. */
struct rawdump {
	struct out *out;
	const struct rawbtf *raw;
	const struct btf_type *type;
	const void *items; /* what follows it */
};

/* "(anon)" for none, "(invalid)" for one that is out of bounds. */
const char *rawdump_name_at(const struct rawbtf *raw, uint32_t offset);

/* "STRUCT"; of a kind that rawbtf_open() takes, as it takes no others. */
const char *rawdump_kind_name(unsigned int kind);

/* Fields that several kinds have. */
void rawdump_name(const struct rawdump *dump, uint32_t offset);
void rawdump_type_id(const struct rawdump *dump, uint32_t id);
void rawdump_size(const struct rawdump *dump);

/* What comes after the name, of kinds that have parts. */
void rawdump_composite(const struct rawdump *dump);
void rawdump_enum(const struct rawdump *dump);
void rawdump_enum64(const struct rawdump *dump);
void rawdump_prototype(const struct rawdump *dump);
void rawdump_section(const struct rawdump *dump);

#endif
