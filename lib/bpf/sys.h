/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * bpf(2), one function a command. Each returns a value >= 0 (a new fd where it opens something,
 * close-on-exec as the kernel makes them) or a negative errno, and records no failure: what a
 * refusal means only the caller knows.
 */
#ifndef XH_BPF_SYS_H
#define XH_BPF_SYS_H

#include <linux/bpf.h>
#include <stddef.h>
#include <stdint.h>

/* BPF_*_GET_NEXT_ID: the smallest id above `after` goes to *next; -ENOENT after the last. */
int sys_prog_next_id(uint32_t after, uint32_t *next);
int sys_map_next_id(uint32_t after, uint32_t *next);
int sys_link_next_id(uint32_t after, uint32_t *next);
int sys_btf_next_id(uint32_t after, uint32_t *next);

/* BPF_*_GET_FD_BY_ID; -ENOENT when there is none of that id (any more). */
int sys_prog_by_id(uint32_t id);
int sys_map_by_id(uint32_t id);
int sys_map_by_id_readonly(uint32_t id);
int sys_link_by_id(uint32_t id);
int sys_btf_by_id(uint32_t id);

/*
 * BPF_OBJ_GET_INFO_BY_FD: fills at most *size bytes of `info`, which the caller zeroed or filled
 * with the pointers it wants; *size becomes what the kernel knows.
 */
int sys_obj_info(int fd, void *info, uint32_t *size);

int sys_obj_get(const char *path);
int sys_obj_pin(int fd, const char *path);

int sys_map_lookup(int fd, const void *key, void *value);
/* `key` NULL asks for the first one; -ENOENT after the last. */
int sys_map_next_key(int fd, const void *key, void *next);

/* BPF_MAP_LOOKUP_BATCH. */
struct sys_batch {
	int fd;
	const void *in; /* where to go on, as `out` of the call before; NULL for the start */
	void *out;	/* at least key_size bytes, and 4 */
	void *keys;
	void *values;
	uint32_t count; /* in: room for; out: how many came */
};

/* -ENOENT: these were the last. -ENOSPC: one hash bucket does not fit in `count`. */
int sys_map_lookup_batch(struct sys_batch *batch);

#endif
