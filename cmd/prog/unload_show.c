// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The account that `xh prog unload` gives of what it did and of what is left. */
#include "bpf/attachtype.h"
#include "bpf/names.h"
#include "prog/unload.h"

static void show_step(const struct unload *unload, const struct step *step)
{
	struct out *out = unload->out;

	out_object(out, NULL);
	if (step->kind == STEP_DETACH) {
		out_str(out, "action", unload->dry_run ? "would % from" : "%ed from", "detach");
		out_str(out, "devname", "%", step->place.dev.name);
		out_uint(out, "ifindex", NULL, step->place.dev.ifindex);
		out_str(out, "mode", "(%)", net_attached_kind(&step->place));
	} else {
		out_str(out, "action", unload->dry_run ? "would %" : "%ned", "unpin");
		out_str(out, "type", "%", obj_kind_word(step->object.kind));
		out_uint(out, "id", "%", step->object.id);
		out_str(out, "path", "from %", step->path);
	}
	out_line(out);
	out_end(out);
}

static bool is_array(const struct uses_slot *slot)
{
	return slot->map_type == BPF_MAP_TYPE_PROG_ARRAY;
}

static void show_arrays(struct out *out, const struct unload *unload)
{
	out_array(out, "prog_arrays");
	vec_each (slot, &unload->uses.slots) {
		if (!is_array(slot))
			continue;
		out_object(out, NULL);
		out_uint(out, "map_id", "held by program array %", slot->map_id);
		out_str(out, "name", "'%'", slot->map_name);
		out_uint(out, "index", "at index %", slot->key);
		out_line(out);
		out_end(out);
	}
	out_end(out);
}

static void show_maps(struct out *out, const struct unload *unload)
{
	char scratch[NAMES_SCRATCH];

	out_array(out, "maps");
	vec_each (slot, &unload->uses.slots) {
		if (is_array(slot))
			continue;
		out_object(out, NULL);
		out_str(out, "type", "held by %",
			names_map_type_or_number(slot->map_type, scratch));
		out_uint(out, "map_id", "%", slot->map_id);
		out_str(out, "name", "'%'", slot->map_name);
		out_uint(out, "key", "at key %", slot->key);
		out_line(out);
		out_end(out);
	}
	out_end(out);
}

static void show_how_to_detach(struct out *out, uint32_t prog_id, const struct attached *place)
{
	if (place->cgroup) {
		out_str(out, NULL, "- to detach it: xh cgroup detach %", place->cgroup);
		out_str(out, NULL, "%", attachtype_name(place->attach_type));
		out_uint(out, NULL, "id %", prog_id);
		return;
	}
	out_uint(out, NULL, "- to detach it: xh prog detach id %", prog_id);
	out_str(out, NULL, "%", attachtype_name(place->attach_type));
	if (place->map_id)
		out_uint(out, NULL, "id %", place->map_id);
}

static void show_attached(struct out *out, const struct unload *unload)
{
	out_array(out, "attached");
	vec_each (place, &unload->uses.attached) {
		bool is_netns = !place->cgroup && !place->map_id;

		out_object(out, NULL);
		if (place->cgroup)
			out_str(out, "cgroup", "held by control group %", place->cgroup);
		if (place->map_id) {
			out_uint(out, "map_id", "held by map %", place->map_id);
			out_str(out, "name", "'%'", place->map_name);
		}
		out_str(out, "attach_type",
			is_netns ? "held by this network namespace as %" : "as %",
			attachtype_name(place->attach_type));
		show_how_to_detach(out, unload->prog.id, place);
		out_line(out);
		out_end(out);
	}
	out_end(out);
}

static void show_processes(struct out *out, const struct unload *unload)
{
	size_t count;
	const struct holder *holder =
		holders_of(&unload->about.holders, (struct obj_key){ OBJ_PROG, unload->prog.id },
			   &count);

	out_array(out, "pids");
	for (size_t i = 0; i < count; i++) {
		out_object(out, NULL);
		out_int(out, "pid", "held by process %", holder[i].pid);
		out_str(out, "comm", "(%)", holder[i].comm);
		out_line(out);
		out_end(out);
	}
	out_end(out);
}

void unload_show_steps(const struct unload *unload)
{
	out_array(unload->out, "actions");
	vec_each (step, &unload->steps)
		show_step(unload, step);
	out_end(unload->out);
}

void unload_show_holders(struct unload *unload, bool gone)
{
	struct unload nobody = { .out = unload->out };
	struct unload *held = gone ? &nobody : unload;

	out_object(unload->out, "held_by");
	show_processes(unload->out, held);
	out_array(unload->out, "links");
	unload_show_links(held);
	out_end(unload->out);
	show_arrays(unload->out, held);
	show_maps(unload->out, held);
	show_attached(unload->out, held);
	out_end(unload->out);
}

bool unload_is_open(const struct unload *unload)
{
	size_t processes;

	return holders_of(&unload->about.holders, (struct obj_key){ OBJ_PROG, unload->prog.id },
			  &processes);
}

bool unload_is_free(const struct unload *unload)
{
	return !unload->uses.links.n && !unload->uses.slots.n && !unload->uses.attached.n &&
	       !unload_is_open(unload);
}

/* What the last line says; '%' becomes the id. */
static const char *end_text(const struct unload *unload, bool gone)
{
	if (gone)
		return "unloaded program %";
	if (!unload_is_free(unload))
		return "program % stays loaded";
	if (unload->dry_run)
		return "would unload program %, unless something that xh cannot see holds it";
	return "program % stays loaded: something that xh cannot see holds it "
	       "(another network namespace, a socket, a perf event, …)";
}

void unload_show_end(const struct unload *unload, bool gone)
{
	struct out *out = unload->out;

	out_uint(out, "id", end_text(unload, gone), unload->prog.id);
	out_str(out, "name", gone ? "'%'" : NULL, unload->name);
	out_flag(out, "dry_run", NULL, unload->dry_run);
	out_flag(out, "unloaded", NULL, gone);
	if (!gone && !unload->dry_run && unload_is_free(unload))
		out_flag(out, "held_by_unseen", NULL, true);
	out_line(out);
}
