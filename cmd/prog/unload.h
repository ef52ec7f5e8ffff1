/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* All that there is to know of a program that is to be unloaded, and the account of what was done. */
#ifndef XH_CMD_PROG_UNLOAD_H
#define XH_CMD_PROG_UNLOAD_H

#include "about.h"
#include "bpf/progname.h"
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
};

/* Emits what was done (or would be), and who still holds the program, unless it is `gone`. */
void unload_show_steps(const struct unload *unload);
void unload_show_holders(const struct unload *unload, bool gone);

/* True when nothing that xh knows of holds the program any more. */
bool unload_is_free(const struct unload *unload);

/* Emits how it ended: whether the program is `gone`. */
void unload_show_end(const struct unload *unload, bool gone);

#endif
