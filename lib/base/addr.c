// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Addresses of networks from words, in the order of bytes in which they travel. */
#include "base/addr.h"

#include <arpa/inet.h>
#include <errno.h>
#include <string.h>

#include "base/num.h"

int addr_ip(const char *word, uint8_t bytes[ADDR_IP_MAX])
{
	if (inet_pton(AF_INET, word, bytes) == 1)
		return 4;
	return inet_pton(AF_INET6, word, bytes) == 1 ? ADDR_IP_MAX : -EINVAL;
}

int addr_mac(const char *word, uint8_t bytes[ADDR_MAC])
{
	if (strlen(word) != 3 * ADDR_MAC - 1)
		return -EINVAL;
	for (int i = 0; i < ADDR_MAC; i++, word += 3) {
		int high = num_hex_digit(word[0]), low = num_hex_digit(word[1]);

		if (high < 0 || low < 0 || word[2] != (i + 1 < ADDR_MAC ? ':' : '\0'))
			return -EINVAL;
		bytes[i] = (uint8_t)(high << 4 | low);
	}
	return 0;
}
