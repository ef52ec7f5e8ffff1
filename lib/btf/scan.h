/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Text to raw bytes, by their BTF type: the inverse of render(). */
#ifndef XH_BTF_SCAN_H
#define XH_BTF_SCAN_H

#include <stdint.h>

struct plan;

/*
 * Writes the value that `text` says in JSON to `bytes`, as many as the plan was made for, of which
 * those that no member is given for become zero. What render() shows is accepted, and beside it
 * numbers in hexadecimal ("0x1f" within quotes or without), names of enums without quotes,
 * addresses of networks where there are as many bytes, and strings of UTF-8 in arrays of char.
 * 0, or a negative errno with the failure recorded: it names the member, its type, and the range.
 */
int scan(const struct plan *plan, const char *text, void *bytes);

#endif
