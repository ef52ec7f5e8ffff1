/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* All that there is to know of a program that is to be unloaded, and the account of what was done. */
#ifndef XH_CMD_PROG_UNLOAD_H
#define XH_CMD_PROG_UNLOAD_H

#include "about.h"
#include "bpf/progname.h"
#include "link/devices.h"
#include "net/attached.h"
#include "obj/uses.h"
#include "prog/undo.h"

struct unload {
	struct out *out;
	bool dry_run;
	struct obj prog;
	char name[PROGNAME_MAX];
	struct about about;
	struct uses uses;
	struct net_attached_list attached;
	struct steps steps;
	struct devices devices;
};

/*
 * Fills in the steps, and drops from `uses` the links and program arrays that go with them; 0 or a
 * negative errno with the failure recorded.
 */
int unload_plan(struct unload *unload);

/* Emits what was done (or would be), and who still holds the program, unless it is `gone`. */
void unload_show_steps(const struct unload *unload);
void unload_show_holders(struct unload *unload, bool gone);

/* Emits the links that hold it; the array of them is open. */
void unload_show_links(struct unload *unload);

/* True when a process has it open. */
bool unload_is_open(const struct unload *unload);

/* True when nothing that xh knows of holds the program any more. */
bool unload_is_free(const struct unload *unload);

/* Emits how it ended: whether the program is `gone`. */
void unload_show_end(const struct unload *unload, bool gone);

#endif
