/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The steps that take a program out of use, each of which can be taken back. */
#ifndef XH_CMD_PROG_UNDO_H
#define XH_CMD_PROG_UNDO_H

#include "base/vec.h"
#include "net/attached.h"
#include "obj/pins.h"

enum step_kind {
	STEP_DETACH,
	STEP_UNPIN,
};

struct step {
	enum step_kind kind;
	struct net_attached place; /* STEP_DETACH: from where */
	char *path;                /* STEP_UNPIN: from where; heap */
	struct obj object;         /* what is detached or unpinned, open until all steps are done */
};

struct steps VEC(struct step);
#define AUTO_STEPS __attribute__((cleanup(undo_free)))
void undo_free(struct steps *steps);

/* Closes what the steps keep open; they can be shown still, but not done or taken back any more. */
void undo_close(struct steps *steps);

/* Adds a step; 0 or a negative errno with the failure recorded. */
int undo_add_detach(struct steps *steps, const struct net_attached *place, const struct obj *prog);
int undo_add_unpin(struct steps *steps, const struct pin *pin);

/* Does all steps, or none: those before one that fails are taken back, and its failure stays. */
int undo_run(struct steps *steps);

#endif
