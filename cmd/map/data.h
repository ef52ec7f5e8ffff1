/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Keys and values as they are written on the command line; what they mean is for map/bytes.h. */
#ifndef XH_CMD_MAP_DATA_H
#define XH_CMD_MAP_DATA_H

#include <stddef.h>

#include "cli/cli.h"
#include "obj/obj.h"

enum data_form {
	DATA_NONE,   /* not given */
	DATA_WORDS,  /* bytes, or one word that is more */
	DATA_HEX,    /* bytes in hexadecimal without 0x */
	DATA_FILE,   /* the bytes of a file */
	DATA_OBJECT, /* what a map of maps or programs holds */
};

struct data {
	enum data_form form;
	char *const *words; /* borrowed */
	size_t count;
	const char *path;      /* of a file; "-" for standard input */
	struct obj_ref object; /* a map or a program: which of them it is only the map tells */
};

extern const struct arg_type data_key;   /* slot: struct data */
extern const struct arg_type data_value; /* slot: struct data; may name a map or program */

#define ARG_KEY(STRUCT, MEMBER) \
	.keyword = "key", .type = &data_key, .slot = SLOT(STRUCT, MEMBER, struct data)
#define ARG_VALUE(STRUCT, MEMBER) \
	.keyword = "value", .type = &data_value, .slot = SLOT(STRUCT, MEMBER, struct data)

#endif
