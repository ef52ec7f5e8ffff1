/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Showing what comes from an fd until somebody ends that. */
#ifndef XH_CMD_MAP_FOLLOW_H
#define XH_CMD_MAP_FOLLOW_H

struct out;

/* What is followed. */
struct follow {
	int fd; /* readable when there is something to show */

	/* Emits what there is, within bounds; 0 or a negative errno with the failure recorded. */
	int (*show)(struct out *out, void *context);
	void *context;
};

/*
 * Shows until an interrupt, after which show() is called once more, or until the reader of the
 * output has left. `interrupt` is of interrupt_catch(). 0 or a negative errno with the failure
 * recorded; of output that cannot be written main tells.
 */
int follow(struct out *out, const struct follow *what, int interrupt);

#endif
