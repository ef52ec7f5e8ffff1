/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* For completion: the programs, maps and links there are. */
#ifndef XH_CMD_SUGGEST_OBJ_H
#define XH_CMD_SUGGEST_OBJ_H

#include "cli/suggest.h"
#include "obj/obj.h"

/* An object that an operand would name; arg->suits() is given one. */
struct suggest_candidate {
	enum obj_kind kind;
	uint32_t id;
	uint32_t type;               /* of program, map or link, as the kernel numbers them */
	const char *type_name;       /* or NULL */
	char name[BPF_OBJ_NAME_LEN]; /* as much of it as the kernel keeps */
	uint8_t tag[BPF_TAG_SIZE];
};

/* Adds what objects of that kind are called by: their ids, names, … */
void suggest_objects(const struct arg *arg, enum obj_kind kind, enum obj_by by,
		     struct suggestions *to);

#endif
