/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What begins every account of a map: id, type, name, flags. */
#ifndef XH_CMD_MAP_HEADING_H
#define XH_CMD_MAP_HEADING_H

#include <linux/bpf.h>

struct out;

/* Emits the fields into the object that is open; the line of text stays open. */
void heading_show(struct out *out, const struct bpf_map_info *info);

#endif
