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

/* `flags`: BPF_ANY, BPF_NOEXIST or BPF_EXIST. `key` NULL for a map that has none. */
int sys_map_update(int fd, const void *key, const void *value, uint64_t flags);
int sys_map_delete(int fd, const void *key);

/* BPF_MAP_LOOKUP_AND_DELETE_ELEM: takes the next value out of a queue or a stack. */
int sys_map_take(int fd, void *value);

/* BPF_MAP_FREEZE: no more changes from user space. -EBUSY: it is mapped for writing somewhere. */
int sys_map_freeze(int fd);

/* BPF_MAP_CREATE. Sizes are in bytes. */
struct sys_map {
	uint32_t type, key_size, value_size, max_entries;
	uint32_t flags;
	int inner_fd;     /* the model of the maps in it, -1 for none */
	uint32_t ifindex; /* of the device that it is offloaded to; 0 for none */
	const char *name; /* at most 15 characters count */
};
int sys_map_create(const struct sys_map *map);

/* BPF_MAP_LOOKUP_BATCH. */
struct sys_batch {
	int fd;
	const void *in; /* where to go on, as `out` of the call before; NULL for the start */
	void *out;      /* at least key_size bytes, and 4 */
	void *keys;
	void *values;
	uint32_t count; /* in: room for; out: how many came, 0 on other errors */
};

/* -ENOENT: these were the last. -ENOSPC: one hash bucket does not fit in `count`. */
int sys_map_lookup_batch(struct sys_batch *batch);

/* BPF_PROG_TEST_RUN. Sizes are in bytes; a pointer is NULL where its size is 0. */
struct sys_run {
	const void *data_in, *ctx_in;
	uint32_t data_size_in, ctx_size_in;
	void *data_out, *ctx_out;
	uint32_t data_size_out, ctx_size_out; /* in: the room; out: what there is */
	uint32_t repeat;
	uint32_t retval;
	uint32_t duration_ns; /* of one run, on average */
};

/*
 * -ENOSPC: it ran, but its data (or else its context) did not fit, and the size tells what would.
 * -524 (ERR_ENOTSUPP): the kernel does not run programs of this type.
 */
int sys_prog_run(int fd, struct sys_run *run);

/*
 * BPF_PROG_STREAM_READ_BY_FD (6.17): takes up to `size` bytes out of the program's stream 1 (stdout)
 * or 2 (stderr); how many, 0 when it is empty.
 */
int sys_prog_stream_read(int fd, uint32_t stream, void *bytes, uint32_t size);

/*
 * BPF_PROG_ATTACH, _DETACH and _QUERY; the structs are those of bpf/uapi_attach.h, zeroed but for
 * what is meant. A query fills the arrays and `count`; -ENOSPC: these were only the first.
 */
struct uapi_attach;
struct uapi_query;
int sys_prog_attach(const struct uapi_attach *attach);
int sys_prog_detach(const struct uapi_attach *attach);
int sys_prog_query(struct uapi_query *query);

/* BPF_TASK_FD_QUERY: what the fd of another process has to do with programs. */
struct sys_task_fd {
	uint32_t pid, fd;
	char *name;         /* of the tracepoint, function or file; "" for none, cut if need be */
	uint32_t name_size; /* bytes */
	uint32_t prog_id;
	uint32_t type; /* enum bpf_task_fd_type */
	uint64_t offset, addr;
};

/*
 * -ENOENT: it has no program, or is there no more. -524 (ERR_ENOTSUPP): it is none that could have.
 * -EOPNOTSUPP: a perf event that is no tracepoint or probe.
 */
int sys_task_fd_query(struct sys_task_fd *query);

/* BPF_LINK_CREATE: the fd of a link, which ends with its last fd and pin. */
struct uapi_link_create;
int sys_link_create(const struct uapi_link_create *create);

/* BPF_LINK_UPDATE: another program. -EPERM: it has not that of `expected_fd` (-1 for any). */
int sys_link_update(int fd, int prog_fd, int expected_fd);

/* BPF_LINK_DETACH: the link stays, attached to nothing. -EOPNOTSUPP: links of its type cannot. */
int sys_link_detach(int fd);

#endif
