/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The BPF file system: where pins may stand, what stands there, and mounting it. */
#ifndef XH_BPF_BPFFS_H
#define XH_BPF_BPFFS_H

#include <stdbool.h>

/* The one place where xh mounts a BPF file system that is missing. */
#define BPFFS_ROOT "/sys/fs/bpf"

/*
 * Sees that an object can be pinned at `path`: a legal name in a directory of a BPF file system,
 * or of one that bpffs_mount() would mount, with nothing there yet. Changes nothing.
 * 0, or a negative errno with the failure recorded: it says what is wrong and what to do.
 */
int bpffs_check(const char *path, bool nomount);

/* The same for a directory that objects are to be pinned in; it may be there, or be made. */
int bpffs_check_directory(const char *path, bool nomount);

/*
 * Mounts a BPF file system at BPFFS_ROOT when `path` is to be there and none is. In a mount
 * namespace of its own, where the pin would vanish with the process, it refuses. 0 or as above.
 */
int bpffs_mount(const char *path, bool nomount);

/* Pins; 0, or a negative errno with the failure recorded. */
int bpffs_pin(int fd, const char *path);

#endif
