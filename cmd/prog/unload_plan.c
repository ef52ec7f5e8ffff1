// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What `xh prog unload` does to a program, and what goes with it by that. */
#include "prog/unload.h"

static int plan_detaching(struct unload *unload)
{
	int err = 0;

	for (size_t i = 0; !err && i < unload->attached.n; i++)
		err = undo_add_detach(&unload->steps, &unload->attached.v[i], &unload->prog);
	return err;
}

/* What a process has open is not the program's alone. */
static bool is_held(const struct unload *unload, struct obj_key key)
{
	size_t count;

	return holders_of(&unload->about.holders, key, &count) != NULL;
}

/* What its pins alone keep, as far as xh can see. */
static bool is_kept_by_pins(const struct unload *unload, struct obj_key key)
{
	size_t count;

	return pins_of(&unload->about.pins, key, &count) && !is_held(unload, key);
}

static int plan_unpinning(struct unload *unload, struct obj_key key)
{
	size_t count;
	const struct pin *pin = pins_of(&unload->about.pins, key, &count);
	int err = 0;

	for (size_t i = 0; !err && i < count; i++)
		err = undo_add_unpin(&unload->steps, &pin[i]);
	return err;
}

/* Those that stay are left in the list. */
static int plan_links(struct unload *unload)
{
	struct attached_links *links = &unload->uses.links;
	size_t kept = 0;
	int err = 0;

	for (size_t i = 0; !err && i < links->n; i++) {
		const struct obj_key key = { OBJ_LINK, links->v[i].id };

		if (is_kept_by_pins(unload, key))
			err = plan_unpinning(unload, key);
		else
			links->v[kept++] = links->v[i];
	}
	links->n = kept;
	return err;
}

static int plan_maps(struct unload *unload)
{
	int err = 0;

	for (size_t i = 0; !err && i < unload->uses.own_maps.n; i++) {
		const struct obj_key map = { OBJ_MAP, unload->uses.own_maps.v[i] };

		if (!is_held(unload, map))
			err = plan_unpinning(unload, map);
	}
	return err;
}

static bool is_own_map(const struct uses *uses, uint32_t id)
{
	vec_each (own, &uses->own_maps) {
		if (*own == id)
			return true;
	}
	return false;
}

/*
 * The kernel empties a program array with its last pin and fd, whoever uses it. Maps of devices and
 * processors keep their programs: one that its own program uses keeps itself for good.
 */
static void forget_arrays_that_go(struct unload *unload)
{
	struct uses_slots *slots = &unload->uses.slots;
	size_t kept = 0;

	vec_each (slot, slots) {
		const struct obj_key map = { OBJ_MAP, slot->map_id };
		bool goes = slot->map_type == BPF_MAP_TYPE_PROG_ARRAY &&
			    is_own_map(&unload->uses, slot->map_id) && is_kept_by_pins(unload, map);

		if (!goes)
			slots->v[kept++] = *slot;
	}
	slots->n = kept;
}

int unload_plan(struct unload *unload)
{
	int err = plan_detaching(unload);

	err = err ?: plan_links(unload);
	err = err ?: plan_unpinning(unload, (struct obj_key){ OBJ_PROG, unload->prog.id });
	err = err ?: plan_maps(unload);
	forget_arrays_that_go(unload);
	return err;
}
