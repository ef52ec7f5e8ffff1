/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Where tracefs is, and mounting it when nobody did. */
#ifndef XH_TRACE_TRACEFS_H
#define XH_TRACE_TRACEFS_H

#include <stdbool.h>

struct buf;

/*
 * Finds a mounted tracefs; mounts one at /sys/kernel/tracing when there is none and nothing else is
 * mounted there. An O_PATH fd of its root, which the caller closes, or a negative errno with the
 * failure recorded. `path` is set to where it is, for messages.
 */
int tracefs_open(struct buf *path);

/*
 * The next mount point of type tracefs, unescaped, in the text of a /proc/PID/mounts; *mounts moves
 * on behind it. False when there is none.
 */
bool tracefs_next_mount(const char **mounts, struct buf *path);

#endif
