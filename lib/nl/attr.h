/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Netlink attributes out of bytes that nobody has checked. */
#ifndef XH_NL_ATTR_H
#define XH_NL_ATTR_H

#include <stddef.h>
#include <stdint.h>

struct nlattr;

/*
 * Points table[type] at the attribute of each type below `types`, NULL where there is none; the
 * last one of a type counts, as in the kernel. 0, or -EBADMSG for bytes that do not end where an
 * attribute ends. The table borrows the bytes, which must be aligned to 4.
 */
int nl_attr_table(const void *bytes, size_t len, const struct nlattr **table, size_t types);

/* nl_attr_table() of what is inside `nest`. */
int nl_attr_nested(const struct nlattr *nest, const struct nlattr **table, size_t types);

/* The value of an attribute of exactly that size: 0, or -EBADMSG when it has another one. */
int nl_attr_u8(const struct nlattr *attr, uint8_t *value);
int nl_attr_u16(const struct nlattr *attr, uint16_t *value);
int nl_attr_u32(const struct nlattr *attr, uint32_t *value);
int nl_attr_u64(const struct nlattr *attr, uint64_t *value);

/* Copies a string of at most `size` - 1 bytes; 0, or -EBADMSG when it is longer or not ended. */
int nl_attr_string(const struct nlattr *attr, char *into, size_t size);

#endif
