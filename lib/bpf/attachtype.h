/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The kernel's words for where a program is to be attached (enum bpf_attach_type). */
#ifndef XH_BPF_ATTACHTYPE_H
#define XH_BPF_ATTACHTYPE_H

#include <stdbool.h>
#include <stdint.h>

/* The name, or NULL for a number that is newer than the table. */
const char *attachtype_name(uint32_t attach_type);

/*
 * The type of the programs that BPF_PROG_ATTACH puts there and BPF_PROG_QUERY tells, which is for
 * control groups, maps of sockets and the flow dissector; 0 for all else, tcx and netkit too.
 */
uint32_t attachtype_prog_type(uint32_t attach_type);

/* True for those that control groups have. */
bool attachtype_of_cgroup(uint32_t attach_type);

/* True when programs of `prog_type` have an attach type at all: for most it is 0, which is one. */
bool attachtype_is_told(uint32_t prog_type, uint32_t attach_type);

#endif
