// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What the kernel tells of a BTF object, and its bytes. */
#include "bpf/btfinfo.h"

#include <errno.h>
#include <linux/bpf.h>
#include <string.h>

#include "bpf/sys.h"

int btfinfo_read(int fd, struct btfinfo *info)
{
	struct bpf_btf_info raw = {
		.name = (uintptr_t)info->name,
		.name_len = sizeof(info->name),
	};
	uint32_t size = sizeof(raw);
	int err;

	*info = (struct btfinfo){ 0 };
	err = sys_obj_info(fd, &raw, &size);
	/* The kernel cuts a long name and says so. */
	if (err && err != -ENOSPC)
		return err;
	info->name[sizeof(info->name) - 1] = '\0';
	info->id = raw.id;
	info->size = raw.btf_size;
	info->kernel = raw.kernel_btf;
	return 0;
}

bool btfinfo_is_module(const struct btfinfo *info)
{
	return info->kernel && strcmp(info->name, "vmlinux") != 0;
}

int btfinfo_bytes(int fd, const struct btfinfo *info, struct buf *bytes)
{
	struct bpf_btf_info raw = { .btf_size = info->size };
	uint32_t size = sizeof(raw);
	int err;

	if (!buf_reserve(bytes, info->size))
		return -ENOMEM;
	raw.btf = (uintptr_t)(bytes->data + bytes->len);
	err = sys_obj_info(fd, &raw, &size);
	if (!err)
		bytes->len += info->size;
	return err;
}
