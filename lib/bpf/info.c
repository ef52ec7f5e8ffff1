// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What the kernel tells of a program or a map. */
#include "bpf/info.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "bpf/sys.h"

int info_prog(int fd, struct bpf_prog_info *info)
{
	uint32_t size = sizeof(*info);

	memset(info, 0, sizeof(*info));
	return sys_obj_info(fd, info, &size);
}

int info_map(int fd, struct bpf_map_info *info)
{
	uint32_t size = sizeof(*info);

	memset(info, 0, sizeof(*info));
	return sys_obj_info(fd, info, &size);
}

int info_link(int fd, struct bpf_link_info *info)
{
	uint32_t size = sizeof(*info);

	memset(info, 0, sizeof(*info));
	return sys_obj_info(fd, info, &size);
}

/* One array of bpf_prog_info: where its pointer and count stand, here and in the detail. */
struct part {
	unsigned int parts;    /* asked for with any of these */
	size_t pointer, count; /* in struct bpf_prog_info */
	size_t rec_size;       /* in struct bpf_prog_info; 0 where the element size is fixed */
	size_t element;        /* bytes */
	bool bytes;            /* `count` is in bytes */
	size_t to, to_count;   /* in struct info_prog_detail */
};

/* What a program can use (MAX_USED_MAPS of include/linux/bpf_verifier.h). */
#define MAPS_MAX 64

#define INFO(MEMBER)   offsetof(struct bpf_prog_info, MEMBER)
#define DETAIL(MEMBER) offsetof(struct info_prog_detail, MEMBER)

static const struct part parts_of_prog[] = {
	{ INFO_MAP_IDS, INFO(map_ids), INFO(nr_map_ids), 0, sizeof(uint32_t), false,
	  DETAIL(map_ids), DETAIL(map_id_count) },
	{ INFO_XLATED, INFO(xlated_prog_insns), INFO(xlated_prog_len), 0, sizeof(struct bpf_insn),
	  true, DETAIL(xlated), DETAIL(xlated_count) },
	{ INFO_JITED, INFO(jited_prog_insns), INFO(jited_prog_len), 0, 1, true, DETAIL(jited),
	  DETAIL(jited_size) },
	{ INFO_JITED | INFO_KSYMS, INFO(jited_ksyms), INFO(nr_jited_ksyms), 0, sizeof(uint64_t),
	  false, DETAIL(ksyms), DETAIL(ksym_count) },
	{ INFO_JITED | INFO_KSYMS, INFO(jited_func_lens), INFO(nr_jited_func_lens), 0,
	  sizeof(uint32_t), false, DETAIL(func_lens), DETAIL(func_len_count) },
	{ INFO_FUNCS, INFO(func_info), INFO(nr_func_info), INFO(func_info_rec_size),
	  sizeof(struct bpf_func_info), false, DETAIL(funcs), DETAIL(func_count) },
	{ INFO_FUNCS, INFO(prog_tags), INFO(nr_prog_tags), 0, BPF_TAG_SIZE, false, DETAIL(tags),
	  DETAIL(tag_count) },
	{ INFO_LINES, INFO(line_info), INFO(nr_line_info), INFO(line_info_rec_size),
	  sizeof(struct bpf_line_info), false, DETAIL(lines), DETAIL(line_count) },
	{ INFO_LINES, INFO(jited_line_info), INFO(nr_jited_line_info),
	  INFO(jited_line_info_rec_size), sizeof(uint64_t), false, DETAIL(jited_lines),
	  DETAIL(jited_line_count) },
};

#define PART_COUNT (sizeof(parts_of_prog) / sizeof(parts_of_prog[0]))

static uint32_t *number_at(void *base, size_t offset)
{
	return (uint32_t *)((char *)base + offset);
}

static uint64_t *pointer_at(void *base, size_t offset)
{
	return (uint64_t *)((char *)base + offset);
}

static size_t part_bytes(const struct part *part, uint32_t count)
{
	return part->bytes ? count : (size_t)count * part->element;
}

/* Every array begins on eight bytes, so that any element type may stand there. */
static size_t aligned(size_t size)
{
	return (size + 7) & ~(size_t)7;
}

/* Puts the arrays one after another in `memory` and asks for just those. */
static void ask(struct bpf_prog_info *info, struct bpf_prog_info *counts, unsigned int parts,
		char *memory)
{
	memset(info, 0, sizeof(*info));
	for (const struct part *part = parts_of_prog; part < parts_of_prog + PART_COUNT; part++) {
		uint32_t count = *number_at(counts, part->count);

		if (!(part->parts & parts) || !count)
			continue;
		*pointer_at(info, part->pointer) = (uint64_t)(uintptr_t)memory;
		*number_at(info, part->count) = count;
		if (part->rec_size)
			*number_at(info, part->rec_size) = (uint32_t)part->element;
		memory += aligned(part_bytes(part, count));
	}
}

static size_t room_for(struct bpf_prog_info *counts, unsigned int parts)
{
	size_t size = 0;

	for (const struct part *part = parts_of_prog; part < parts_of_prog + PART_COUNT; part++) {
		if (part->parts & parts)
			size += aligned(part_bytes(part, *number_at(counts, part->count)));
	}
	return size;
}

/* The kernel sets a pointer to NULL where it keeps an array back, and counts what there is. */
static void deliver(struct info_prog_detail *detail, struct bpf_prog_info *asked,
		    unsigned int parts)
{
	for (const struct part *part = parts_of_prog; part < parts_of_prog + PART_COUNT; part++) {
		uint64_t pointer = *pointer_at(&detail->info, part->pointer);
		uint32_t had_room = *number_at(asked, part->count);
		uint32_t count = *number_at(&detail->info, part->count);

		count = count < had_room ? count : had_room;
		if (!(part->parts & parts) || !pointer || !count)
			continue;
		*(const void **)((char *)detail + part->to) = (const void *)(uintptr_t)pointer;
		*number_at(detail, part->to_count) =
			part->bytes ? count / (uint32_t)part->element : count;
	}
}

/* How much of each array there is. Of the maps, which every listing wants, it is known at most. */
static int count_parts(int fd, unsigned int parts, struct bpf_prog_info *counts)
{
	if (parts != INFO_MAP_IDS)
		return info_prog(fd, counts);
	memset(counts, 0, sizeof(*counts));
	counts->nr_map_ids = MAPS_MAX;
	return 0;
}

int info_prog_detail(int fd, unsigned int parts, struct info_prog_detail *detail)
{
	static const char doing[] = "read what the kernel knows of a program";
	uint32_t size = sizeof(detail->info);
	struct bpf_prog_info counts, asked;
	int err;

	memset(detail, 0, sizeof(*detail));
	err = count_parts(fd, parts, &counts);
	if (err)
		return fail(err, "%s", doing);
	detail->memory = calloc(1, room_for(&counts, parts) + 1);
	if (!detail->memory)
		return fail(-ENOMEM, "%s", doing);
	ask(&asked, &counts, parts, detail->memory);
	detail->info = asked;
	err = sys_obj_info(fd, &detail->info, &size);
	if (err) {
		info_prog_detail_free(detail);
		return fail(err, "%s", doing);
	}
	deliver(detail, &asked, parts);
	return 0;
}

void info_prog_detail_free(struct info_prog_detail *detail)
{
	free(take_ptr(detail->memory));
}

/*
 * What is read is of the fd that has this number at that moment (seq_show() of fs/proc/fd.c), and
 * objects looked at one after another have the same: their fdinfo is opened once.
 */
static int fdinfo_of(int fd)
{
	static int file = -1, number = -1;
	char path[32];

	if (file >= 0 && number == fd)
		return file;
	if (file >= 0)
		close(file);
	snprintf(path, sizeof(path), "/proc/self/fdinfo/%d", fd);
	file = open(path, O_RDONLY | O_CLOEXEC);
	number = fd;
	return file;
}

static bool field(const char *text, const char *key, uint64_t *value)
{
	const char *line = strstr(text, key);

	if (!line)
		return false;
	*value = strtoull(line + strlen(key), NULL, 10);
	return true;
}

void info_fd(int fd, struct info_fd *info)
{
	char text[1024];
	uint64_t value;
	ssize_t got;

	memset(info, 0, sizeof(*info));
	got = pread(fdinfo_of(fd), text, sizeof(text) - 1, 0);
	if (got <= 0)
		return;
	text[got] = '\0';
	if (field(text, "\nmemlock:\t", &value))
		info->memlock_bytes = value;
	if (field(text, "\nfrozen:\t", &value))
		info->frozen = value;
	if (field(text, "\nowner_prog_type:\t", &value)) {
		info->has_owner = true;
		info->owner_prog_type = (uint32_t)value;
	}
	if (field(text, "\nowner_jited:\t", &value))
		info->owner_jited = value;
}
