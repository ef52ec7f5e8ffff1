/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The types of BTF one by one, as they stand in its bytes. */
#ifndef XH_BTF_RAWDUMP_H
#define XH_BTF_RAWDUMP_H

#include <stdint.h>

struct out;
struct rawbtf;

/*
 * Emits one type, an object in JSON and a line with its parts below it in text. Its references need
 * not lead anywhere: BTF that check_btf() refuses can be looked at. `id` is less than raw->count; 0
 * is void.
 */
void rawdump_type(struct out *out, const struct rawbtf *raw, uint32_t id);

#endif
