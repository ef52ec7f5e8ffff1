/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Addresses of networks from words, in the order of bytes in which they travel. */
#ifndef XH_BASE_ADDR_H
#define XH_BASE_ADDR_H

#include <stdint.h>

#define ADDR_IP_MAX 16
#define ADDR_MAC    6

/* Reads "10.0.0.1" or "fe80::1": 4 or 16, the bytes written; -EINVAL, no failure recorded. */
int addr_ip(const char *word, uint8_t bytes[ADDR_IP_MAX]);

/* Reads six pairs of hexadecimal digits, set apart by colons; 0 or -EINVAL as above. */
int addr_mac(const char *word, uint8_t bytes[ADDR_MAC]);

#endif
