/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Which processes hold an object open, from /proc/PID/fd and fdinfo; no BPF program is loaded. */
#ifndef XH_OBJ_HOLDERS_H
#define XH_OBJ_HOLDERS_H

#include <sys/types.h>

#include "base/vec.h"
#include "obj/key.h"

struct holder {
	struct obj_key key;
	pid_t pid;
	char comm[16];
};

struct holders VEC(struct holder);
#define AUTO_HOLDERS __attribute__((cleanup(holders_free)))

/*
 * Looks through all processes but this one; sorted by kind, id and pid. Those that end meanwhile,
 * or that may not be looked into, are left out. 0 or a negative errno with the failure recorded.
 */
int holders_read(struct holders *holders);
void holders_free(struct holders *holders);

/* The first holder of an object and how many follow; NULL and 0 for none. */
const struct holder *holders_of(const struct holders *holders, struct obj_key key, size_t *count);

#endif
