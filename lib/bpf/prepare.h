/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What is changed in an object file between opening and loading it. */
#ifndef XH_BPF_PREPARE_H
#define XH_BPF_PREPARE_H

#include <stdbool.h>
#include <stdint.h>

#include "bpf/globals.h"
#include "bpf/objfile.h"

/*
 * Makes all programs of a type: that of a section ("cgroup/connect4"), or one by the kernel's name
 * ("sched_cls"). 0, or a negative errno with the failure recorded: it names the nearest type.
 */
int prepare_type(struct objfile *file, const char *word);

/*
 * Takes an open map instead of making one. 0, or a negative errno with the failure recorded when it
 * is not what the object wants: see mapdiffer_check(), also for `which`.
 */
int prepare_map(const struct objfile *file, struct objfile_map *map, int fd, const char *which);

/*
 * Takes the map that is pinned where the object wants this one, if there is one: map->taken.
 * 0 or as above; no pin there is 0 too.
 */
int prepare_pinned(const struct objfile *file, struct objfile_map *map);

/*
 * Loads for a network device: programs that stay on this machine but may ask that device for
 * metadata of packets, or else programs and maps that move to its hardware. 0 or as above.
 */
int prepare_device(struct objfile *file, uint32_t ifindex, bool metadata_only);

/* Gives a variable its first value, global->size bytes. 0 or as above. */
int prepare_global(const struct objfile *file, const struct global *global, const void *bytes);

#endif
