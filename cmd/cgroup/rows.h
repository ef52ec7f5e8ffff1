/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What `cgroup list` and `cgroup tree` show of the programs of a control group. */
#ifndef XH_CMD_CGROUP_ROWS_H
#define XH_CMD_CGROUP_ROWS_H

#include "bpf/cgroupprogs.h"
#include "btf/typenames.h"
#include "net/row.h"
#include "obj/cgroups.h"

/* A listing, as all of its control groups share it. */
struct cgroup_rows {
	struct row_list list;
	struct out *out;
	bool effective;
	bool in_tree; /* under the path of each control group */
	struct cgroupprogs progs;
	uint32_t targets_of; /* the BTF that `targets` are the names of */
	struct typenames targets;
};

#define AUTO_CGROUP_ROWS __attribute__((cleanup(cgroup_rows_free)))

/* 0 or a negative errno with the failure recorded. */
int cgroup_rows_read(const struct xh *xh, struct cgroup_rows *rows);
void cgroup_rows_free(struct cgroup_rows *rows);

/* The titles of the columns, in text. */
void cgroup_rows_title(struct cgroup_rows *rows);

/*
 * Shows the programs of a control group; of one that has none, nothing. 0, or the negative errno of
 * asking the kernel, no failure recorded.
 */
int cgroup_rows_show(struct cgroup_rows *rows, const struct cgroup *cgroup);

/* Says once, on stderr, what could not be seen. */
void cgroup_rows_warn(const struct cgroup_rows *rows);

/* Records that the kernel did not tell of a control group; returns `err`. */
int cgroup_rows_fail(int err, const char *path);

#endif
