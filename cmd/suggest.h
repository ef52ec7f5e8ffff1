/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* For completion: the devices and the files there are. */
#ifndef XH_CMD_SUGGEST_H
#define XH_CMD_SUGGEST_H

#include <linux/magic.h>

#include "cli/suggest.h"

void suggest_devices(const struct arg *arg, struct suggestions *to);
void suggest_files(const struct arg *arg, struct suggestions *to);
void suggest_netns(const struct arg *arg, struct suggestions *to);

/* Directories of BPF file systems: where to pin. */
void suggest_pin_places(const struct arg *arg, struct suggestions *to);

/*
 * Goes through the entries of the directory that the typed path is in and adds its directories,
 * with a slash at their end. On file systems of one kind alone, or anywhere; `visit` may be NULL and is
 * given the path of what is no directory, when it goes on as typed.
 */
struct suggest_walk {
	unsigned long magic;    /* of the kind, 0: anywhere */
	const char *mounts;     /* its name in /proc/mounts */
	const char *mount_help; /* said of where one is mounted */
	void (*visit)(const char *path, void *context);
	void *context;
};
#define SUGGEST_ON_BPFFS .magic = BPF_FS_MAGIC, .mounts = "bpf", .mount_help = "BPF file system"
void suggest_paths(const struct suggest_walk *walk, struct suggestions *to);

#endif
