/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Whether a map that exists is what an object file wants of one of its maps. */
#ifndef XH_BPF_MAPDIFFER_H
#define XH_BPF_MAPDIFFER_H

#include "bpf/objfile.h"

/*
 * Compares the map behind `fd` with `map` of the file. 0, or -EINVAL with the failure recorded: the
 * first parameter in which they differ; `which` stands in it for the one that exists ("(id 7)").
 */
int mapdiffer_check(const struct objfile *file, const struct objfile_map *map, int fd,
		    const char *which);

#endif
