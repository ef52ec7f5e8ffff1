// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Netlink attributes out of bytes that nobody has checked. */
#include "nl/attr.h"

#include <errno.h>
#include <string.h>

#include <libmnl/libmnl.h>

int nl_attr_table(const void *bytes, size_t len, const struct nlattr **table, size_t types)
{
	const struct nlattr *attr = bytes;
	long left = (long)len;

	memset(table, 0, types * sizeof(*table));
	while (mnl_attr_ok(attr, (int)left)) {
		if (mnl_attr_get_type(attr) < types)
			table[mnl_attr_get_type(attr)] = attr;
		left -= MNL_ALIGN(attr->nla_len);
		attr = mnl_attr_next(attr);
	}
	/* The last attribute may come without its padding. */
	return left > 0 ? -EBADMSG : 0;
}

int nl_attr_nested(const struct nlattr *nest, const struct nlattr **table, size_t types)
{
	return nl_attr_table(mnl_attr_get_payload(nest), mnl_attr_get_payload_len(nest), table,
			     types);
}

static int read_value(const struct nlattr *attr, void *value, size_t size)
{
	if (mnl_attr_get_payload_len(attr) != size)
		return -EBADMSG;
	memcpy(value, mnl_attr_get_payload(attr), size);
	return 0;
}

int nl_attr_u8(const struct nlattr *attr, uint8_t *value)
{
	return read_value(attr, value, sizeof(*value));
}

int nl_attr_u16(const struct nlattr *attr, uint16_t *value)
{
	return read_value(attr, value, sizeof(*value));
}

int nl_attr_u32(const struct nlattr *attr, uint32_t *value)
{
	return read_value(attr, value, sizeof(*value));
}

int nl_attr_u64(const struct nlattr *attr, uint64_t *value)
{
	return read_value(attr, value, sizeof(*value));
}

int nl_attr_string(const struct nlattr *attr, char *into, size_t size)
{
	const char *string = mnl_attr_get_payload(attr);
	size_t len = mnl_attr_get_payload_len(attr);
	size_t used = strnlen(string, len);

	if (used == len || used >= size)
		return -EBADMSG;
	memcpy(into, string, used + 1);
	return 0;
}
