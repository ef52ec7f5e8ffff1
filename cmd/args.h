/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The kinds of operand that verbs share: objects, devices, files. */
#ifndef XH_CMD_ARGS_H
#define XH_CMD_ARGS_H

#include "cli/cli.h"
#include "obj/obj.h"

/* Where an operand says which objects suit it, they are a struct suggest_candidate. */
extern const struct arg_type arg_prog; /* slot: struct obj_ref */
extern const struct arg_type arg_map;  /* slot: struct obj_ref */
extern const struct arg_type arg_link; /* slot: struct obj_ref */
extern const struct arg_type arg_btf;  /* slot: struct obj_ref */
extern const struct arg_type arg_dev;  /* slot: const char *, a name that a device can have */
extern const struct arg_type arg_file; /* slot: const char * */
extern const struct arg_type arg_path; /* slot: const char *, of a pin */

/* How a PROG is written: for types of operand that take more than one. */
extern const struct choices args_prog_forms;

/* True for "id", "pinned" and the other words that begin to name an object, or their beginning. */
bool args_names_object(const char *word);

#define ARG_PROG(STRUCT, MEMBER) .type = &arg_prog, .slot = SLOT(STRUCT, MEMBER, struct obj_ref)
#define ARG_MAP(STRUCT, MEMBER)  .type = &arg_map, .slot = SLOT(STRUCT, MEMBER, struct obj_ref)
#define ARG_LINK(STRUCT, MEMBER) .type = &arg_link, .slot = SLOT(STRUCT, MEMBER, struct obj_ref)
#define ARG_BTF(STRUCT, MEMBER)  .type = &arg_btf, .slot = SLOT(STRUCT, MEMBER, struct obj_ref)
#define ARG_DEV(STRUCT, MEMBER)  .type = &arg_dev, .slot = SLOT(STRUCT, MEMBER, const char *)
#define ARG_FILE(STRUCT, MEMBER) .type = &arg_file, .slot = SLOT(STRUCT, MEMBER, const char *)
#define ARG_PATH(STRUCT, MEMBER) .type = &arg_path, .slot = SLOT(STRUCT, MEMBER, const char *)

#endif
