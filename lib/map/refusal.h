/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Why the kernel does not do with an element of a map what it was asked to. */
#ifndef XH_MAP_REFUSAL_H
#define XH_MAP_REFUSAL_H

#include <linux/bpf.h>
#include <stdint.h>

/* What was asked. */
struct refusal {
	int fd;
	const struct bpf_map_info *info;
	const char *label; /* "map hosts" */
	const void *key;   /* NULL: none */
	uint64_t flags;    /* of an update */
};

/*
 * Record the reason that `err`, a negative errno of that command, has with a map of that type and
 * state, and return it: -ENOENT makes the process exit with STATUS_MISSING.
 */
int refusal_update(const struct refusal *refusal, int err);
int refusal_delete(const struct refusal *refusal, int err);
int refusal_lookup(const struct refusal *refusal, int err);

#endif
