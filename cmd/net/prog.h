/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What to call a program that a device has, of which the kernel tells the id alone. */
#ifndef XH_CMD_NET_PROG_H
#define XH_CMD_NET_PROG_H

#include <stdint.h>

#include "bpf/progname.h"

#define NET_PROG_LABEL_MAX (PROGNAME_MAX + 32)

/*
 * Its name; "" when it has none, or may not be opened. 0, or the negative errno of opening it, no
 * failure recorded: -EPERM without CAP_SYS_ADMIN.
 */
int net_prog_name(uint32_t id, char name[PROGNAME_MAX]);

/* The name of the program open as `fd`; "" when it has none. */
void net_prog_name_of(int fd, char name[PROGNAME_MAX]);

/* "program 12 'hello'", or "program 12"; returns `label`. */
const char *net_prog_label(uint32_t id, char label[NET_PROG_LABEL_MAX]);

/* Records that attaching or detaching (`what`) needs CAP_NET_ADMIN; returns `err`. */
int net_prog_fail_privilege(int err, const char *what);

#endif
