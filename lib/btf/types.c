// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The types of a BTF object of the kernel: loading it, names, what stands behind a typedef. */
#include "btf/types.h"

#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <linux/bpf.h>
#include <stdbool.h>
#include <string.h>

#include "base/err.h"
#include "bpf/sys.h"

/* Typedefs and qualifiers of one type; the kernel takes 32 (MAX_RESOLVE_DEPTH), a file may more. */
#define CHAIN_MAX 64

enum origin { OF_PROGRAMS, OF_KERNEL, OF_MODULE };

static int origin_of(uint32_t id, enum origin *origin)
{
	char name[16] = "";
	struct bpf_btf_info info = {
		.name = (uintptr_t)name,
		.name_len = sizeof(name),
	};
	uint32_t size = sizeof(info);
	auto_fd int fd = sys_btf_by_id(id);
	int err = fd < 0 ? fd : sys_obj_info(fd, &info, &size);

	/* The kernel cuts a long name and says so. */
	if (err && err != -ENOSPC)
		return err;
	if (!info.kernel_btf)
		*origin = OF_PROGRAMS;
	else
		*origin = strcmp(name, "vmlinux") ? OF_MODULE : OF_KERNEL;
	return 0;
}

bool types_is_kernel(uint32_t id)
{
	enum origin origin;

	return !origin_of(id, &origin) && origin == OF_KERNEL;
}

/* A module's BTF counts its types and strings on from those of vmlinux. */
static int load(uint32_t id, struct btf **btf)
{
	struct btf *base AUTO(types) = NULL;
	enum origin origin;
	int err = origin_of(id, &origin);

	if (err)
		return err;
	if (origin == OF_MODULE) {
		base = btf__load_vmlinux_btf();
		if (!base)
			return -errno;
	}
	*btf = btf__load_from_kernel_by_id_split(id, base);
	if (!*btf)
		return -errno;
	/* A pointer of a program has 8 bytes, on a machine of 32 bits too. */
	if (origin != OF_MODULE)
		btf__set_pointer_size(*btf, 8);
	base = NULL;
	return 0;
}

/* libbpf would say on stderr what xh says in its own words. */
int types_load(uint32_t id, struct btf **btf)
{
	libbpf_print_fn_t print = libbpf_set_print(NULL);
	int err = load(id, btf);

	libbpf_set_print(print);
	if (err == -ENOENT)
		return fail_missing("no BTF object with id %u (ENOENT)", id);
	return err ? fail(err, "load BTF object %u", id) : 0;
}

int types_load_kernel(struct btf **btf)
{
	libbpf_print_fn_t print = libbpf_set_print(NULL);
	int err = 0;

	*btf = btf__load_vmlinux_btf();
	if (!*btf)
		err = -errno;
	libbpf_set_print(print);
	return err ? fail(err, "load the BTF of the kernel") : 0;
}

void types_free(struct btf *btf)
{
	struct btf *base;

	while (btf) {
		base = (struct btf *)(uintptr_t)btf__base_btf(btf);
		btf__free(btf);
		btf = base;
	}
}

const char *types_string(const struct btf *btf, uint32_t offset)
{
	const char *string = btf__str_by_offset(btf, offset);

	return string ? string : "";
}

const char *types_name(const struct btf *btf, uint32_t id)
{
	const struct btf_type *type = btf__type_by_id(btf, id);

	return type ? types_string(btf, type->name_off) : "";
}

static const struct btf_type *strip(const struct btf *btf, uint32_t id, bool typedefs)
{
	for (int i = 0; id && i < CHAIN_MAX; i++) {
		const struct btf_type *type = btf__type_by_id(btf, id);

		if (!type)
			return NULL;
		if (!btf_is_mod(type) && !btf_is_type_tag(type) &&
		    !(typedefs && btf_is_typedef(type)))
			return type;
		id = type->type;
	}
	return NULL;
}

const struct btf_type *types_resolve(const struct btf *btf, uint32_t id)
{
	return strip(btf, id, true);
}

const struct btf_type *types_unqualified(const struct btf *btf, uint32_t id)
{
	return strip(btf, id, false);
}
