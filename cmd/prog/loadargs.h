/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What is written after `xh prog load` and `xh prog loadall`. */
#ifndef XH_CMD_PROG_LOADARGS_H
#define XH_CMD_PROG_LOADARGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "args.h"

#define LOADARGS_MAPS    64
#define LOADARGS_GLOBALS 64

/* "map name hosts id 7": which of the object's maps, and what to take for it. */
struct loadargs_map {
	const char *name; /* NULL: by its index */
	uint32_t index;
	struct obj_ref ref;
};

struct loadargs_maps {
	size_t count;
	struct loadargs_map v[LOADARGS_MAPS];
};

/* "limit=3" */
struct loadargs_globals {
	size_t count;
	const char *v[LOADARGS_GLOBALS];
};

struct loadargs {
	const char *object;
	const char *path; /* the pin, or of loadall the directory of the pins */
	const char *type;
	const char *prog;
	const char *pinmaps; /* a directory */
	const char *kernel_btf;
	const char *offload_dev, *xdpmeta_dev;
	bool autoattach;
	struct loadargs_maps maps;
	struct loadargs_globals globals;
};

extern const struct arg_type loadargs_map;    /* slot: struct loadargs_maps, repeats */
extern const struct arg_type loadargs_global; /* slot: struct loadargs_globals, repeats */
extern const struct arg_type loadargs_type;   /* slot: const char * */

/* The operands that both have, in the order in which shortened words are to find them. */
#define LOADARGS_TYPE \
	.keyword = "type", .type = &loadargs_type, .slot = SLOT(struct loadargs, type, const char *)
#define LOADARGS_MAP                                              \
	.keyword = "map", .type = &loadargs_map, .repeats = true, \
	.slot = SLOT(struct loadargs, maps, struct loadargs_maps)
#define LOADARGS_PINMAPS                                                            \
	.keyword = "pinmaps", ARG_PATH(struct loadargs, pinmaps), .metavar = "DIR", \
	.help = "Pin the maps too, in that directory"
#define LOADARGS_AUTOATTACH                                             \
	.keyword = "autoattach", ARG_FLAG(struct loadargs, autoattach), \
	.help = "Attach to where SEC(\"…\") says, and pin the links instead"
#define LOADARGS_KERNEL_BTF                                             \
	.keyword = "kernel_btf", ARG_FILE(struct loadargs, kernel_btf), \
	.help = "The kernel's types, instead of those of /sys/kernel/btf/vmlinux"
#define LOADARGS_OFFLOAD_DEV                                             \
	.keyword = "offload_dev", ARG_DEV(struct loadargs, offload_dev), \
	.help = "Offload to that device"
#define LOADARGS_XDPMETA_DEV                                             \
	.keyword = "xdpmeta_dev", ARG_DEV(struct loadargs, xdpmeta_dev), \
	.help = "Let it ask that device for metadata of packets"
#define LOADARGS_DEV                                             \
	.keyword = "dev", ARG_DEV(struct loadargs, offload_dev), \
	.help = "offload_dev, as older versions of bpftool have it"
#define LOADARGS_GLOBAL                                                 \
	.keyword = "global", .type = &loadargs_global, .repeats = true, \
	.slot = SLOT(struct loadargs, globals, struct loadargs_globals)

#endif
