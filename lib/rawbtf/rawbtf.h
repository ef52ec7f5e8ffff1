/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* BTF as the bytes of a .BTF section or of the kernel: where its types and strings are. */
#ifndef XH_RAWBTF_RAWBTF_H
#define XH_RAWBTF_RAWBTF_H

#include <linux/btf.h>
#include <stddef.h>
#include <stdint.h>

/* Zeroed memory is an empty one. */
struct rawbtf {
	const struct rawbtf
		*base; /* whose types and strings come before; NULL for none; borrowed */
	const unsigned char *types;
	const char *strings;   /* ends with a NUL */
	uint32_t first_string; /* the offset that its own strings begin at; 0 without a base */
	uint32_t strings_size; /* bytes, those of the base included */
	uint32_t first;        /* the id of its first type; 1 without a base */
	uint32_t count;        /* of type ids, 0 (void) and those of the base included */
	uint32_t *offsets;     /* in `types`, of each type from the first on */
	void *copy;            /* of bytes that were not aligned */
};

/*
 * Finds header, types and strings (Documentation/bpf/btf.rst) in `data`, which is borrowed, and
 * sees that each type ends within them; what the types say is not looked at: see check_btf().
 * 0 or a negative errno with the failure recorded.
 */
int rawbtf_open(const void *data, size_t size, struct rawbtf *raw);

/* The same of BTF that counts its types and strings on from those of `base` (NULL for none). */
int rawbtf_open_split(const void *data, size_t size, const struct rawbtf *base, struct rawbtf *raw);
void rawbtf_close(struct rawbtf *raw);
#define AUTO_RAWBTF __attribute__((cleanup(rawbtf_close)))

/* Type `id`, which is less than count and not 0. */
const struct btf_type *rawbtf_type(const struct rawbtf *raw, uint32_t id);

/* The string at `offset`, "" for one that is out of bounds. */
const char *rawbtf_string(const struct rawbtf *raw, uint32_t offset);

/* "struct", "func proto"; NULL for a kind of type that is newer than this table. */
const char *rawbtf_kind_name(unsigned int kind);

static inline unsigned int rawbtf_kind(const struct btf_type *type)
{
	return BTF_INFO_KIND(type->info);
}

static inline uint32_t rawbtf_vlen(const struct btf_type *type)
{
	return BTF_INFO_VLEN(type->info);
}

#endif
