// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Names of the types of a BTF object of the kernel, where nothing else of them is wanted. */
#include "btf/typenames.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "base/cleanup.h"
#include "base/err.h"
#include "btf/types.h"

static int map_kernel(struct typenames *names)
{
	auto_fd int fd = open("/sys/kernel/btf/vmlinux", O_RDONLY | O_CLOEXEC);
	struct stat st;
	void *mapped;

	if (fd < 0 || fstat(fd, &st))
		return -errno;
	mapped = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (mapped == MAP_FAILED)
		return -errno;
	names->mapped = mapped;
	names->mapped_size = (size_t)st.st_size;
	return rawbtf_open(mapped, names->mapped_size, &names->raw);
}

int typenames_open(uint32_t id, struct typenames *names)
{
	*names = (struct typenames){ 0 };
	if (types_is_kernel(id)) {
		if (!map_kernel(names))
			return 0;
		typenames_close(names);
		fail_clear();
	}
	return types_load(id, &names->btf);
}

void typenames_close(struct typenames *names)
{
	types_free(names->btf);
	rawbtf_close(&names->raw);
	if (names->mapped)
		munmap(names->mapped, names->mapped_size);
	*names = (struct typenames){ 0 };
}

const char *typenames_of(const struct typenames *names, uint32_t type_id)
{
	if (names->btf)
		return types_name(names->btf, type_id);
	if (!type_id || type_id >= names->raw.count)
		return "";
	return rawbtf_string(&names->raw, rawbtf_type(&names->raw, type_id)->name_off);
}
