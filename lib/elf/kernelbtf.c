// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* A file of a kernel's types, checked before libbpf, which believes it, reads it. */
#include "elf/kernelbtf.h"

#include <errno.h>
#include <gelf.h>
#include <libelf.h>
#include <string.h>

#include "base/buf.h"
#include "base/cleanup.h"
#include "base/err.h"
#include "base/file.h"
#include "rawbtf/check.h"

/* vmlinux with all its debugging information has some hundred megabytes. */
#define FILE_SIZE_MAX ((size_t)2 << 30)

static Elf_Data *section_data(Elf *elf, const char *wanted)
{
	Elf_Scn *section = NULL;
	size_t names;

	if (elf_getshdrstrndx(elf, &names))
		return NULL;
	while ((section = elf_nextscn(elf, section))) {
		GElf_Shdr header;
		const char *name = gelf_getshdr(section, &header)
					   ? elf_strptr(elf, names, header.sh_name)
					   : NULL;

		if (name && !strcmp(name, wanted) && header.sh_type != SHT_NOBITS)
			return elf_rawdata(section, NULL);
	}
	return NULL;
}

static int check_elf(Elf *elf)
{
	const Elf_Data *data = elf ? section_data(elf, ".BTF") : NULL;

	if (!data || !data->d_buf)
		return fail_plain(-ENOEXEC, "an ELF file without a .BTF section");
	return check_btf(data->d_buf, data->d_size, NULL);
}

static int check_bytes(const struct buf *bytes)
{
	bool is_elf = bytes->len >= SELFMAG && !memcmp(bytes->data, ELFMAG, SELFMAG);
	Elf *elf;
	int err;

	if (!is_elf)
		return check_btf(buf_str(bytes), bytes->len, NULL);
	elf_version(EV_CURRENT);
	elf = elf_memory(bytes->data, bytes->len);
	err = check_elf(elf);
	elf_end(elf);
	return err;
}

int kernelbtf_check(const char *path)
{
	auto_fd int fd = file_open(path, "a file of BTF");
	struct buf bytes AUTO_BUF = BUF_EMPTY;
	int err;

	if (fd < 0)
		return fd;
	err = file_read_fd(fd, FILE_SIZE_MAX, &bytes);
	if (err)
		return fail(err, "read %s", path);
	err = check_bytes(&bytes);
	return err ? fail_context(err, "%s", path) : 0;
}
