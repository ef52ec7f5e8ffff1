/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* A listing of objects: all of a kind, or those that a reference names. */
#ifndef XH_CMD_LISTING_H
#define XH_CMD_LISTING_H

#include "obj/obj.h"
#include "out/out.h"

struct listing {
	struct out *out;
	enum obj_kind kind;
	const struct obj_ref *ref; /* by OBJ_NONE: all of the kind */

	/* Emits one object as one value; 0 or a negative errno with the failure recorded. */
	int (*show)(const struct obj *obj, void *context);
	void *context;
};

/*
 * Shows each object. In JSON it is an array, but a bare object where a reference has one match. 0,
 * or a negative errno with the failure recorded.
 */
int listing_show(const struct listing *listing);

#endif
