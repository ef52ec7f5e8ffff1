/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What the kernel tells of a program or a map (BPF_OBJ_GET_INFO_BY_FD, /proc/self/fdinfo). */
#ifndef XH_BPF_INFO_H
#define XH_BPF_INFO_H

#include <linux/bpf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/cleanup.h"

/*
 * The fixed part; arrays are asked for with info_prog_detail(). 0 or a negative errno, no failure
 * recorded. -ENODEV for a program whose offload device is gone: what could be had is filled in.
 */
int info_prog(int fd, struct bpf_prog_info *info);
int info_map(int fd, struct bpf_map_info *info);
int info_link(int fd, struct bpf_link_info *info);

/* The arrays of a program. */
enum info_part {
	INFO_MAP_IDS = 1 << 0,
	INFO_XLATED = 1 << 1,
	INFO_JITED = 1 << 2, /* machine code, with the ksyms and lengths of its functions */
	INFO_FUNCS = 1 << 3, /* func_info and prog_tags */
	INFO_LINES = 1 << 4, /* line_info, and jited_line_info beside INFO_JITED */
	INFO_KSYMS = 1 << 5, /* addresses and lengths alone */
};

/*
 * One program with the arrays asked for; those not asked for, or kept back by the kernel (without
 * CAP_PERFMON, or while kptr_restrict hides addresses), are NULL with a count of 0.
 */
struct info_prog_detail {
	struct bpf_prog_info info; /* its pointers are not to be used */
	void *memory;              /* of all that follows */

	const uint32_t *map_ids;
	uint32_t map_id_count;
	const struct bpf_insn *xlated;
	uint32_t xlated_count; /* instructions (8 bytes) */
	const uint8_t *jited;
	uint32_t jited_size; /* bytes */

	/* A function each, in order. */
	const uint64_t *ksyms; /* where its machine code stands */
	uint32_t ksym_count;
	const uint32_t *func_lens; /* bytes of machine code */
	uint32_t func_len_count;
	const struct bpf_func_info *funcs;
	uint32_t func_count;
	const uint8_t (*tags)[BPF_TAG_SIZE];
	uint32_t tag_count;

	/* A source line each, ascending. */
	const struct bpf_line_info *lines;
	uint32_t line_count;
	const uint64_t *jited_lines; /* the address of each */
	uint32_t jited_line_count;
};

/* `parts` is a set of enum info_part. 0 or a negative errno with the failure recorded. */
int info_prog_detail(int fd, unsigned int parts, struct info_prog_detail *detail);
void info_prog_detail_free(struct info_prog_detail *detail);
#define AUTO_DETAIL __attribute__((cleanup(info_prog_detail_free)))

/* What only the fdinfo of an fd says. */
struct info_fd {
	uint64_t memlock_bytes;
	bool has_owner; /* a program array that some program uses */
	uint32_t owner_prog_type;
	bool owner_jited;
	bool frozen;
};

/* Of an fd of this process; all zero where it cannot be read. */
void info_fd(int fd, struct info_fd *info);

#endif
