/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Types of programs as they are written: like a section, or as the kernel calls them. */
#ifndef XH_BPF_PROGTYPE_H
#define XH_BPF_PROGTYPE_H

#include <stdbool.h>
#include <stdint.h>

struct progtype {
	uint32_t number;      /* enum bpf_prog_type */
	uint32_t attach_type; /* of a section: enum bpf_attach_type */
	bool is_section;      /* "cgroup/connect4", not "cgroup_sock_addr" */
};

/* 0, or -EINVAL with the failure recorded, which names the nearest one. */
int progtype_read(const char *word, struct progtype *type);

#endif
