// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Words that say themselves what bytes they mean. */
#include "map/literal.h"

#include <endian.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/addr.h"
#include "base/err.h"
#include "base/num.h"
#include "base/text.h"

/* One row of `forms`; integers have a size. */
struct form {
	const char *prefix;
	uint32_t size;
	bool is_signed;
	int (*read)(const struct literal *literal, const struct form *form, const char *word,
		    uint8_t *bytes);
};

static int fail_size(const struct literal *literal, const struct form *form, const char *word,
		     uint32_t size)
{
	return fail_plain(-EINVAL, "'%s%s' has %u byte%s, the %s needs %u", form->prefix, word,
			  size, size == 1 ? "" : "s", literal->what, literal->size);
}

static int fail_range(const struct form *form, const char *word)
{
	uint64_t top = UINT64_MAX >> (64 - 8 * form->size);

	if (form->is_signed)
		return fail_plain(-ERANGE, "'%s%s' is not a number from %lld to %llu", form->prefix,
				  word, -(long long)(top >> 1) - 1, (unsigned long long)top >> 1);
	return fail_plain(-ERANGE, "'%s%s' is not a number from 0 to %llu", form->prefix, word,
			  (unsigned long long)top);
}

static void store(uint64_t value, uint32_t size, uint8_t *bytes)
{
#if __BYTE_ORDER == __BIG_ENDIAN
	memcpy(bytes, (uint8_t *)&value + 8 - size, size);
#else
	memcpy(bytes, &value, size);
#endif
}

static int read_integer(const struct literal *literal, const struct form *form, const char *word,
			uint8_t *bytes)
{
	uint64_t top = UINT64_MAX >> (64 - 8 * form->size), value;
	bool minus = form->is_signed && word[0] == '-';

	if (form->is_signed)
		top = (top >> 1) + minus;
	if (num_read(word + minus, top, &value))
		return fail_range(form, word);
	if (form->size != literal->size)
		return fail_size(literal, form, word, form->size);
	store(minus ? -value : value, form->size, bytes);
	return 0;
}

static int read_string(const struct literal *literal, const struct form *form, const char *word,
		       uint8_t *bytes)
{
	size_t len = strlen(word);

	if (len >= literal->size)
		return fail_plain(-EINVAL,
				  "'%s%s' has %zu bytes with the NUL behind it, the %s has room "
				  "for %u",
				  form->prefix, word, len + 1, literal->what, literal->size);
	memset(bytes, 0, literal->size);
	memcpy(bytes, word, len);
	return 0;
}

/* What is before the slash, and the number behind it if there is one. */
static int split_prefix(const char *word, char address[64], const char **length)
{
	const char *slash = strchr(word, '/');
	size_t len = slash ? (size_t)(slash - word) : strlen(word);

	*length = slash ? slash + 1 : NULL;
	if (len >= 64)
		return -EINVAL;
	memcpy(address, word, len);
	address[len] = '\0';
	return 0;
}

static int read_ip(const struct literal *literal, const struct form *form, const char *word,
		   uint8_t *bytes)
{
	uint8_t address[ADDR_IP_MAX];
	char text[64];
	const char *length;
	int size = split_prefix(word, text, &length) ?: addr_ip(text, address);
	uint32_t all = literal->prefix ? 4 : 0, bits_u32;
	uint64_t bits = size < 0 ? 0 : 8 * (uint64_t)size;

	if (size < 0)
		return fail_plain(-EINVAL, "'%s%s' is not an address of IPv4 or IPv6", form->prefix,
				  word);
	if (length && !literal->prefix)
		return fail_plain(-EINVAL, "'%s%s' is a prefix, the %s is not one of an lpm_trie",
				  form->prefix, word, literal->what);
	if (length && num_parse("the prefix length", length, bits, &bits))
		return -EINVAL;
	if (all + (uint32_t)size != literal->size)
		return fail_size(literal, form, word, all + (uint32_t)size);
	bits_u32 = (uint32_t)bits;
	memcpy(bytes, &bits_u32, all);
	memcpy(bytes + all, address, (size_t)size);
	return 0;
}

static int read_mac(const struct literal *literal, const struct form *form, const char *word,
		    uint8_t *bytes)
{
	uint8_t address[ADDR_MAC];

	if (addr_mac(word, address))
		return fail_plain(-EINVAL, "'%s%s' is not an address like 02:00:00:00:00:01",
				  form->prefix, word);
	if (literal->size != ADDR_MAC)
		return fail_size(literal, form, word, ADDR_MAC);
	memcpy(bytes, address, ADDR_MAC);
	return 0;
}

static const struct form forms[] = {
	{ "u8:", 1, false, read_integer },  { "u16:", 2, false, read_integer },
	{ "u32:", 4, false, read_integer }, { "u64:", 8, false, read_integer },
	{ "i8:", 1, true, read_integer },   { "i16:", 2, true, read_integer },
	{ "i32:", 4, true, read_integer },  { "i64:", 8, true, read_integer },
	{ "str:", 0, false, read_string },  { "ip:", 0, false, read_ip },
	{ "mac:", 0, false, read_mac },
};

static const struct form *find(const char *word)
{
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		if (text_starts(word, forms[i].prefix))
			return &forms[i];
	}
	return NULL;
}

bool literal_is(const char *word)
{
	return find(word);
}

int literal_read(const struct literal *literal, const char *word, uint8_t *bytes)
{
	const struct form *form = find(word);

	if (!form)
		return fail_plain(-EINVAL, "'%s' does not begin with one of %s", word,
				  LITERAL_FORMS);
	return form->read(literal, form, word + strlen(form->prefix), bytes);
}
