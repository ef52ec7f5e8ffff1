/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What can be said of any object: where it is pinned and which processes hold it. */
#ifndef XH_CMD_ABOUT_H
#define XH_CMD_ABOUT_H

#include "obj/holders.h"
#include "obj/pins.h"
#include "xh.h"

struct about {
	struct pins pins; /* empty unless -f asks for them */
	struct holders holders;
	bool known;
};

/*
 * Reads both tables, when first called: a listing of nothing needs neither. 0 or a negative errno
 * with the failure recorded.
 */
int about_read(const struct xh *xh, struct about *about);
void about_free(struct about *about);

/* Emit "pinned" and "pids", each only when there are any. */
void about_pins(struct out *out, const struct about *about, struct obj_key key);
void about_holders(struct out *out, const struct about *about, struct obj_key key);

#endif
