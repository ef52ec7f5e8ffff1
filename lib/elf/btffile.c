// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Files of BTF: BTF alone, as the kernel shows its own, or a section of an ELF file. */
#include "elf/btffile.h"

#include <errno.h>
#include <gelf.h>
#include <libelf.h>
#include <linux/btf.h>
#include <linux/magic.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#include "base/cleanup.h"
#include "base/err.h"
#include "base/file.h"

/* vmlinux with all its debugging information has some hundred megabytes. */
#define FILE_SIZE_MAX ((size_t)2 << 30)

void btffile_close(struct btffile *file)
{
	buf_free(&file->bytes);
	if (file->mapped)
		munmap(file->mapped, file->mapped_size);
	*file = (struct btffile){ 0 };
}

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

/* The data of a section stands in the bytes of the file, which outlive `elf`. */
static int find_in_elf(Elf *elf, struct btffile *file)
{
	const Elf_Data *data = elf ? section_data(elf, ".BTF") : NULL;

	if (!data || !data->d_buf)
		return fail_plain(-ENOEXEC, "an ELF file without a .BTF section");
	file->data = data->d_buf;
	file->size = data->d_size;
	file->pointer_size = gelf_getclass(elf) == ELFCLASS32 ? 4 : 8;
	return 0;
}

static int find_btf(struct btffile *file)
{
	Elf *elf;
	int err;

	file->data = buf_str(&file->bytes);
	file->size = file->bytes.len;
	if (file->size < SELFMAG || memcmp(file->data, ELFMAG, SELFMAG) != 0)
		return 0;
	elf_version(EV_CURRENT);
	elf = elf_memory(file->bytes.data, file->bytes.len);
	err = find_in_elf(elf, file);
	elf_end(elf);
	return err;
}

/* Others of its files stand for memory of devices, which a look may change. */
static bool is_of_kernel(int fd)
{
	struct statfs fs;
	uint16_t magic;

	return !fstatfs(fd, &fs) && fs.f_type == SYSFS_MAGIC &&
	       pread(fd, &magic, sizeof(magic), 0) == sizeof(magic) && magic == BTF_MAGIC;
}

/* Files on disks may be cut off while they are mapped. Since Linux 6.16; false: read it instead. */
static bool map_kernel(int fd, struct btffile *file)
{
	struct stat st;

	if (!is_of_kernel(fd) || fstat(fd, &st) || !st.st_size)
		return false;
	file->mapped_size = (size_t)st.st_size;
	file->mapped = mmap(NULL, file->mapped_size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);
	if (file->mapped == MAP_FAILED)
		file->mapped = NULL;
	file->data = file->mapped;
	file->size = file->mapped_size;
	return file->mapped;
}

int btffile_open(const char *path, struct btffile *file)
{
	auto_fd int fd = file_open(path, "a file of BTF");
	int err;

	*file = (struct btffile){ 0 };
	if (fd < 0)
		return fd;
	if (map_kernel(fd, file))
		return 0;
	err = file_read_fd(fd, FILE_SIZE_MAX, &file->bytes);
	if (err)
		fail(err, "read %s", path);
	else if ((err = find_btf(file)))
		fail_context(err, "%s", path);
	if (err)
		btffile_close(file);
	return err;
}
