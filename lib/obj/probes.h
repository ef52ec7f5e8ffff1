/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Programs of tracepoints and probes, by the perf events and links that processes have open. */
#ifndef XH_OBJ_PROBES_H
#define XH_OBJ_PROBES_H

#include <limits.h>
#include <stdint.h>
#include <sys/types.h>

struct probe {
	pid_t pid;
	const char *comm; /* of the process */
	uint32_t fd, prog_id;
	uint32_t type;    /* enum bpf_task_fd_type */
	const char *name; /* of the tracepoint, function or file; "" for none */
	uint64_t offset, addr;
};

/*
 * Visits each, process for process; ends early when `visit` returns non-zero, with that value. 0 or
 * a negative errno with the failure recorded: -EPERM without CAP_SYS_ADMIN.
 */
int probes_walk(int (*visit)(const struct probe *probe, void *context), void *context);

#endif
