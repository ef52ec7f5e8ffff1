// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Integers of up to 128 bits from words, and whether a type has room for them. */
#include "btf/wide.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/num.h"

/* value * base + digit, by 32 bits at a time; -ERANGE beyond 128 bits. */
static int append(struct wide *value, unsigned int base, unsigned int digit)
{
	uint32_t parts[4] = { (uint32_t)value->low, (uint32_t)(value->low >> 32),
			      (uint32_t)value->high, (uint32_t)(value->high >> 32) };
	uint64_t carry = digit;

	for (int i = 0; i < 4; i++) {
		carry += (uint64_t)parts[i] * base;
		parts[i] = (uint32_t)carry;
		carry >>= 32;
	}
	value->low = (uint64_t)parts[1] << 32 | parts[0];
	value->high = (uint64_t)parts[3] << 32 | parts[2];
	return carry ? -ERANGE : 0;
}

int wide_read(const char *word, struct wide *value)
{
	struct wide read = { .negative = word[0] == '-' };
	unsigned int base = 10;

	word += read.negative;
	if (word[0] == '0' && (word[1] == 'x' || word[1] == 'X')) {
		base = 16;
		word += 2;
	} else if (word[0] == '0' && word[1]) {
		return -EINVAL;
	}
	if (!*word)
		return -EINVAL;
	for (; *word; word++) {
		int digit = num_hex_digit(*word);

		if (digit < 0 || (unsigned int)digit >= base)
			return -EINVAL;
		if (append(&read, base, (unsigned int)digit))
			return -ERANGE;
	}
	*value = read;
	return 0;
}

/* 2 to the power of `bits` (0 to 127). */
static struct wide power(unsigned int bits)
{
	return (struct wide){ .low = bits < 64 ? 1ULL << bits : 0,
			      .high = bits < 64 ? 0 : 1ULL << (bits - 64) };
}

/* Compares what stands behind the signs. */
static bool is_below(const struct wide *value, const struct wide *limit)
{
	return value->high < limit->high || (value->high == limit->high && value->low < limit->low);
}

bool wide_fits(const struct wide *value, unsigned int bits, bool is_signed)
{
	struct wide limit = power(is_signed ? bits - 1 : bits % 128);

	if (value->negative && !is_signed)
		return !value->low && !value->high;
	if (bits == 128 && !is_signed)
		return true;
	if (value->negative)
		return !is_below(&limit, value);
	return is_below(value, &limit);
}

struct number_bits wide_bits(const struct wide *value)
{
	struct number_bits bits = { value->low, value->high };

	if (value->negative) {
		bits.low = -bits.low;
		bits.high = ~bits.high + !bits.low;
	}
	return bits;
}

void wide_range(unsigned int bits, bool is_signed, struct buf *text)
{
	uint64_t top = bits > 64 ? 0 : UINT64_MAX >> (64 - bits);

	if (bits > 64)
		buf_printf(text, "of %u bits", bits);
	else if (is_signed)
		buf_printf(text, "from %" PRId64 " to %" PRIu64, -(int64_t)(top >> 1) - 1,
			   top >> 1);
	else
		buf_printf(text, "from 0 to %" PRIu64, top);
}
