/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The map that a verb is about: opened, with what is known of it and room for one element. */
#ifndef XH_CMD_MAP_TARGET_H
#define XH_CMD_MAP_TARGET_H

#include <linux/bpf.h>

#include "map/entry.h"
#include "obj/obj.h"

struct data;

struct target {
	struct obj map;
	struct bpf_map_info info;
	struct entry entry;
	char label[40]; /* "map hosts", in messages */

	uint8_t *key;      /* key_size bytes; NULL for a map without keys */
	uint8_t *value;    /* value_stride bytes: the parts of all processors */
	struct obj object; /* whose fd is the value of a map of maps or programs */
};

/* 0 or a negative errno with the failure recorded; target_close() in either case. */
int target_open(struct target *target, const struct obj_ref *ref);
void target_close(struct target *target);
#define AUTO_TARGET __attribute__((cleanup(target_close)))

/* An empty struct target. */
#define TARGET_CLOSED ((struct target){ .map = OBJ_CLOSED, .object = OBJ_CLOSED })

/*
 * Fills the key, or the value, from what was written on the command line. A map that has keys needs
 * one, unless it is an array of one element; one that has none takes none. A value of a per-CPU map
 * becomes that of every processor. 0 or a negative errno with the failure recorded: it tells what
 * was given and what is needed.
 */
int target_key(struct target *target, const struct data *data);
int target_value(struct target *target, const struct data *data);

#endif
