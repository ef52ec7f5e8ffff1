// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Numbers from words: whole, in range, or refused. */
#include "base/num.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

#include "base/err.h"

int num_hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* "010" is eight to C and ten to people; "00" and "07" are the same to both. */
bool num_is_ambiguous(const char *word)
{
	return word[0] == '0' && strlen(word + strspn(word, "0")) > 1 &&
	       word[strspn(word, "0123456789")] == '\0';
}

int num_read(const char *word, uint64_t max, uint64_t *value)
{
	unsigned int base = 10;
	uint64_t sum = 0;

	if (word[0] == '0' && (word[1] == 'x' || word[1] == 'X')) {
		base = 16;
		word += 2;
	} else if (num_is_ambiguous(word)) {
		return -EINVAL;
	}
	if (!*word)
		return -EINVAL;
	for (; *word; word++) {
		int digit = num_hex_digit(*word);

		if (digit < 0 || (unsigned int)digit >= base)
			return -EINVAL;
		if (__builtin_mul_overflow(sum, base, &sum) ||
		    __builtin_add_overflow(sum, (uint64_t)digit, &sum))
			return -ERANGE;
	}
	if (sum > max)
		return -ERANGE;
	*value = sum;
	return 0;
}

int num_parse(const char *what, const char *word, uint64_t max, uint64_t *value)
{
	int err = num_read(word, max, value);

	if (!err)
		return 0;
	if (err == -EINVAL && num_is_ambiguous(word))
		return fail_plain(err,
				  "%s '%s' could mean octal; write it without the leading zero",
				  what, word);
	return fail_plain(err, "%s '%s' is not a number from 0 to %" PRIu64, what, word, max);
}
