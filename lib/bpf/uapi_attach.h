/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What bpf(2) takes for attaching programs, where that is longer than the oldest header has it. */
#ifndef XH_BPF_UAPI_ATTACH_H
#define XH_BPF_UAPI_ATTACH_H

#include <stdint.h>

/* Flags of attaching to one of several places (BPF_F_BEFORE and the like), 6.6. */
enum {
	UAPI_F_BEFORE = 1 << 3,
	UAPI_F_AFTER = 1 << 4,
};

/* What BPF_PROG_ATTACH and BPF_PROG_DETACH take; longer since 6.6. */
struct uapi_attach {
	uint32_t target; /* an fd, or an ifindex */
	uint32_t prog_fd;
	uint32_t attach_type;
	uint32_t flags;
	uint32_t replace_fd;
	uint32_t relative_fd;
	uint64_t expected_revision;
};

/* What BPF_PROG_QUERY takes; longer since 6.6. */
struct uapi_query {
	uint32_t target; /* an fd, or an ifindex */
	uint32_t attach_type;
	uint32_t query_flags;
	uint32_t attach_flags;
	uint64_t prog_ids;
	uint32_t count;
	uint32_t padding;
	uint64_t prog_flags;
	uint64_t link_ids;
	uint64_t link_flags;
	uint64_t revision;
};

/* What BPF_LINK_CREATE takes for the hooks of network devices; longer since 6.6. */
struct uapi_link_create {
	uint32_t prog_fd;
	uint32_t target; /* an fd, or an ifindex */
	uint32_t attach_type;
	uint32_t flags;
	uint32_t relative_fd;
	uint32_t padding;
	uint64_t expected_revision;
};

#endif
