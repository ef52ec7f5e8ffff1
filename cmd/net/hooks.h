/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The attach points of network devices: one row each, what `net attach` and `net detach` know. */
#ifndef XH_CMD_NET_HOOKS_H
#define XH_CMD_NET_HOOKS_H

#include <stdbool.h>
#include <stdint.h>

#include "cli/cli.h"
#include "obj/obj.h"

struct hook;

/* Where among the programs of a hook a new one is to run. */
enum hook_place {
	HOOK_LAST,
	HOOK_FIRST,
	HOOK_BEFORE,
	HOOK_AFTER,
};

/* What the command line asked for. */
struct hook_call {
	const struct hook *hook;
	const char *dev;
	const struct obj *prog; /* to attach, of the hook's type; to detach: NULL for any */
	bool overwrite;
	const struct obj *replace; /* the program that is to give way; NULL for none */
	enum hook_place place;
	const struct obj *beside; /* which program HOOK_BEFORE and HOOK_AFTER mean */
	const char *link;         /* where to pin the link to attach by; NULL: without a link */
	bool nomount;
};

struct hook {
	const char *name;
	const char *kind; /* in a listing: "tcx/ingress"; XDP is listed by its modes */
	uint32_t prog_type;
	/* XDP_FLAGS_*_MODE (0 leaves it to the kernel), bpf_attach_type, or parent of tc filters */
	uint32_t where;
	const char *device_kind; /* what devices have it: "netkit"; NULL: all */
	bool has_order;          /* of several programs */
	bool takes_links;

	/* 0 or a negative errno with the failure recorded. */
	int (*attach)(const struct hook_call *call);
	int (*detach)(const struct hook_call *call);
};

#define HOOKS 10
extern const struct hook hooks[HOOKS];
extern const struct choices hook_choices;

#endif
