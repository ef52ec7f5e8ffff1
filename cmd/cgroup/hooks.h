/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The attach types of control groups, by both of their names. */
#ifndef XH_CMD_CGROUP_HOOKS_H
#define XH_CMD_CGROUP_HOOKS_H

#include <stdint.h>

#include "cli/cli.h"

struct cgroup_hook {
	const char *name;
	uint32_t attach_type;
};

extern const struct choices cgroup_hook_choices;

/* The kernel's name of it; the other is bpftool's older one. */
const char *cgroup_hook_name(const struct cgroup_hook *hook);

#endif
