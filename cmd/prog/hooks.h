/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The attach points of sockets: what `prog attach` and `prog detach` share. */
#ifndef XH_CMD_PROG_HOOKS_H
#define XH_CMD_PROG_HOOKS_H

#include <stdint.h>

#include "bpf/uapi_attach.h"
#include "cli/cli.h"
#include "net/prog.h"
#include "obj/obj.h"

/* Where to attach, a row each. */
struct hooks_row {
	const char *name;
	uint32_t attach_type;
	uint32_t prog_type;
	const char *known_as; /* the newer of two names */
};

/* The operands, the same for both verbs. */
struct hooks_options {
	struct obj_ref prog;
	const struct hooks_row *hook;
	struct obj_ref map;
};
extern const struct arg hooks_args[];

/* The attach point that a command line means, with what it takes to attach there. */
struct hooks_point {
	const struct hooks_row *hook;
	struct obj prog;
	struct obj map; /* closed for flow_dissector: that is the network namespace's */
	char prog_label[NET_PROG_LABEL_MAX];
	char label[64]; /* "map 3 'sockets'" */
	struct uapi_attach attach;
};

struct hooks_verb {
	int (*call)(const struct uapi_attach *attach);
	int (*refused)(int err, const struct hooks_point *point); /* says why, and returns err */
};

/* Opens the point, sees that it fits together, calls; 0 or a negative errno, the failure recorded. */
int hooks_run(const struct hooks_options *options, const struct hooks_verb *verb);

/* The id of the program that is attached there as `attach_type`; 0 for none, or not known. */
uint32_t hooks_attached(const struct hooks_point *point, uint32_t attach_type);

#endif
