// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* bpf(2), one function a command; the only reader of its errno. */
#include "bpf/sys.h"

#include <errno.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "bpf/uapi.h"
#include "bpf/uapi_attach.h"

static int bpf(enum bpf_cmd cmd, union bpf_attr *attr)
{
	long result = syscall(__NR_bpf, cmd, attr, sizeof(*attr));

	return result < 0 ? -errno : (int)result;
}

/* The whole attr is zero: padding that is not makes newer kernels answer EINVAL. */
#define ATTR(attr)           \
	union bpf_attr attr; \
	memset(&attr, 0, sizeof(attr))

static uint64_t address(const void *pointer)
{
	return (uint64_t)(uintptr_t)pointer;
}

static int next_id(enum bpf_cmd cmd, uint32_t after, uint32_t *next)
{
	ATTR(attr);
	attr.start_id = after;
	int err = bpf(cmd, &attr);

	if (!err)
		*next = attr.next_id;
	return err;
}

int sys_prog_next_id(uint32_t after, uint32_t *next)
{
	return next_id(BPF_PROG_GET_NEXT_ID, after, next);
}

int sys_map_next_id(uint32_t after, uint32_t *next)
{
	return next_id(BPF_MAP_GET_NEXT_ID, after, next);
}

int sys_link_next_id(uint32_t after, uint32_t *next)
{
	return next_id(BPF_LINK_GET_NEXT_ID, after, next);
}

int sys_btf_next_id(uint32_t after, uint32_t *next)
{
	return next_id(BPF_BTF_GET_NEXT_ID, after, next);
}

static int by_id(enum bpf_cmd cmd, uint32_t id, uint32_t open_flags)
{
	ATTR(attr);
	attr.prog_id = id;
	attr.open_flags = open_flags;
	return bpf(cmd, &attr);
}

int sys_prog_by_id(uint32_t id)
{
	return by_id(BPF_PROG_GET_FD_BY_ID, id, 0);
}

int sys_map_by_id(uint32_t id)
{
	return by_id(BPF_MAP_GET_FD_BY_ID, id, 0);
}

int sys_map_by_id_readonly(uint32_t id)
{
	return by_id(BPF_MAP_GET_FD_BY_ID, id, BPF_F_RDONLY);
}

int sys_link_by_id(uint32_t id)
{
	return by_id(BPF_LINK_GET_FD_BY_ID, id, 0);
}

int sys_btf_by_id(uint32_t id)
{
	return by_id(BPF_BTF_GET_FD_BY_ID, id, 0);
}

int sys_obj_info(int fd, void *info, uint32_t *size)
{
	ATTR(attr);
	attr.info.bpf_fd = (uint32_t)fd;
	attr.info.info_len = *size;
	attr.info.info = address(info);
	int err = bpf(BPF_OBJ_GET_INFO_BY_FD, &attr);

	if (!err)
		*size = attr.info.info_len;
	return err;
}

int sys_obj_get(const char *path)
{
	ATTR(attr);
	attr.pathname = address(path);
	return bpf(BPF_OBJ_GET, &attr);
}

int sys_obj_pin(int fd, const char *path)
{
	ATTR(attr);
	attr.pathname = address(path);
	attr.bpf_fd = (uint32_t)fd;
	return bpf(BPF_OBJ_PIN, &attr);
}

int sys_map_lookup(int fd, const void *key, void *value)
{
	ATTR(attr);
	attr.map_fd = (uint32_t)fd;
	attr.key = address(key);
	attr.value = address(value);
	return bpf(BPF_MAP_LOOKUP_ELEM, &attr);
}

int sys_map_next_key(int fd, const void *key, void *next)
{
	ATTR(attr);
	attr.map_fd = (uint32_t)fd;
	attr.key = address(key);
	attr.next_key = address(next);
	return bpf(BPF_MAP_GET_NEXT_KEY, &attr);
}

int sys_map_update(int fd, const void *key, const void *value, uint64_t flags)
{
	ATTR(attr);
	attr.map_fd = (uint32_t)fd;
	attr.key = address(key);
	attr.value = address(value);
	attr.flags = flags;
	return bpf(BPF_MAP_UPDATE_ELEM, &attr);
}

int sys_map_delete(int fd, const void *key)
{
	ATTR(attr);
	attr.map_fd = (uint32_t)fd;
	attr.key = address(key);
	return bpf(BPF_MAP_DELETE_ELEM, &attr);
}

int sys_map_take(int fd, void *value)
{
	ATTR(attr);
	attr.map_fd = (uint32_t)fd;
	attr.value = address(value);
	return bpf(BPF_MAP_LOOKUP_AND_DELETE_ELEM, &attr);
}

int sys_map_freeze(int fd)
{
	ATTR(attr);
	attr.map_fd = (uint32_t)fd;
	return bpf(BPF_MAP_FREEZE, &attr);
}

int sys_map_create(const struct sys_map *map)
{
	ATTR(attr);
	attr.map_type = map->type;
	attr.key_size = map->key_size;
	attr.value_size = map->value_size;
	attr.max_entries = map->max_entries;
	attr.map_flags = map->flags;
	attr.inner_map_fd = map->inner_fd < 0 ? 0 : (uint32_t)map->inner_fd;
	attr.map_ifindex = map->ifindex;
	memcpy(attr.map_name, map->name, strnlen(map->name, sizeof(attr.map_name) - 1));
	return bpf(BPF_MAP_CREATE, &attr);
}

int sys_map_lookup_batch(struct sys_batch *batch)
{
	ATTR(attr);
	attr.batch.map_fd = (uint32_t)batch->fd;
	attr.batch.in_batch = address(batch->in);
	attr.batch.out_batch = address(batch->out);
	attr.batch.keys = address(batch->keys);
	attr.batch.values = address(batch->values);
	attr.batch.count = batch->count;
	int err = bpf(BPF_MAP_LOOKUP_BATCH, &attr);

	/* A refusal that came before any element leaves the count as it was. */
	batch->count = !err || err == -ENOENT || err == -ENOSPC ? attr.batch.count : 0;
	return err;
}

/* A command whose part of the attr has fields that the header may lack. */
static int bpf_part(enum bpf_cmd cmd, union bpf_attr *attr, const void *part, size_t size)
{
	memset(attr, 0, sizeof(*attr));
	memcpy(attr, part, size);
	return bpf(cmd, attr);
}

int sys_prog_run(int fd, struct sys_run *run)
{
	ATTR(attr);
	attr.test.prog_fd = (uint32_t)fd;
	attr.test.data_in = address(run->data_in);
	attr.test.data_size_in = run->data_size_in;
	attr.test.data_out = address(run->data_out);
	attr.test.data_size_out = run->data_size_out;
	attr.test.ctx_in = address(run->ctx_in);
	attr.test.ctx_size_in = run->ctx_size_in;
	attr.test.ctx_out = address(run->ctx_out);
	attr.test.ctx_size_out = run->ctx_size_out;
	attr.test.repeat = run->repeat;
	int err = bpf(BPF_PROG_TEST_RUN, &attr);

	run->data_size_out = attr.test.data_size_out;
	run->ctx_size_out = attr.test.ctx_size_out;
	run->retval = attr.test.retval;
	run->duration_ns = attr.test.duration;
	return err;
}

int sys_prog_stream_read(int fd, uint32_t stream, void *bytes, uint32_t size)
{
	const struct {
		uint64_t bytes;
		uint32_t size, stream, prog_fd, padding;
	} read = { address(bytes), size, stream, (uint32_t)fd, 0 };
	union bpf_attr attr;

	return bpf_part((enum bpf_cmd)UAPI_PROG_STREAM_READ_BY_FD, &attr, &read, sizeof(read));
}

int sys_prog_attach(const struct uapi_attach *attach)
{
	union bpf_attr attr;

	return bpf_part(BPF_PROG_ATTACH, &attr, attach, sizeof(*attach));
}

int sys_prog_detach(const struct uapi_attach *attach)
{
	union bpf_attr attr;

	return bpf_part(BPF_PROG_DETACH, &attr, attach, sizeof(*attach));
}

int sys_prog_query(struct uapi_query *query)
{
	union bpf_attr attr;
	int err = bpf_part(BPF_PROG_QUERY, &attr, query, sizeof(*query));

	memcpy(query, &attr, sizeof(*query));
	return err;
}

int sys_task_fd_query(struct sys_task_fd *query)
{
	ATTR(attr);
	attr.task_fd_query.pid = query->pid;
	attr.task_fd_query.fd = query->fd;
	attr.task_fd_query.buf = address(query->name);
	attr.task_fd_query.buf_len = query->name_size;
	query->name[0] = '\0';
	int err = bpf(BPF_TASK_FD_QUERY, &attr);

	query->prog_id = attr.task_fd_query.prog_id;
	query->type = attr.task_fd_query.fd_type;
	query->offset = attr.task_fd_query.probe_offset;
	query->addr = attr.task_fd_query.probe_addr;
	return err == -ENOSPC ? 0 : err;
}

int sys_link_create(const struct uapi_link_create *create)
{
	union bpf_attr attr;

	return bpf_part(BPF_LINK_CREATE, &attr, create, sizeof(*create));
}

int sys_link_update(int fd, int prog_fd, int expected_fd)
{
	ATTR(attr);
	attr.link_update.link_fd = (uint32_t)fd;
	attr.link_update.new_prog_fd = (uint32_t)prog_fd;
	if (expected_fd >= 0) {
		attr.link_update.flags = BPF_F_REPLACE;
		attr.link_update.old_prog_fd = (uint32_t)expected_fd;
	}
	return bpf(BPF_LINK_UPDATE, &attr);
}

int sys_link_detach(int fd)
{
	ATTR(attr);
	attr.link_detach.link_fd = (uint32_t)fd;
	return bpf(BPF_LINK_DETACH, &attr);
}
