/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The type of a ring buffer's records, which no map tells: by a name, from BTF that is near. */
#ifndef XH_CMD_MAP_RECORDTYPE_H
#define XH_CMD_MAP_RECORDTYPE_H

#include <linux/bpf.h>
#include <stdint.h>

#include "btf/plan.h"
#include "btf/types.h"

struct recordtype {
	struct btf *btf;
	struct plan *plan; /* NULL: there are only bytes to show */
	uint32_t size;     /* bytes of a value */
};

/*
 * Looks for `name` in the BTF of the map, then in that of each program that uses it. 0 or a
 * negative errno with the failure recorded; recordtype_close() in either case.
 */
int recordtype_find(const struct bpf_map_info *info, const char *name, struct recordtype *type);
void recordtype_close(struct recordtype *type);
#define AUTO_RECORDTYPE __attribute__((cleanup(recordtype_close)))

#endif
