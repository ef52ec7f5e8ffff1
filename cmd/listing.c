// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* A listing of objects: all of a kind, or those that a reference names. */
#include "listing.h"

static int show_named(const struct listing *listing)
{
	struct objs objs AUTO_OBJS = { 0 };
	int err = obj_open_all(listing->ref, &objs);

	if (err)
		return err;
	if (objs.n > 1)
		out_array(listing->out, NULL);
	for (size_t i = 0; !err && i < objs.n; i++)
		err = listing->show(&objs.v[i], listing->context);
	if (objs.n > 1)
		out_end(listing->out);
	return err;
}

int listing_show(const struct listing *listing)
{
	int err;

	if (listing->ref->by != OBJ_NONE)
		return show_named(listing);
	out_array(listing->out, NULL);
	err = obj_walk(listing->kind, listing->show, listing->context);
	out_end(listing->out);
	return err;
}
