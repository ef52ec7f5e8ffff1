// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The account that `xh prog unload` gives of what it did and of what is left. */
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

static void show_links(struct out *out, const struct unload *unload)
{
	out_array(out, "links");
	vec_each (link, &unload->uses.links) {
		out_object(out, NULL);
		out_uint(out, "id", "held by link %", link->id);
		out_str(out, "type", "(%)", names_link_type(link->type) ?: "unknown");
		if (link->ifindex)
			out_uint(out, "ifindex", "on the device of index %", link->ifindex);
		out_uint(out, NULL, "- to detach it: xh link detach id %", link->id);
		out_line(out);
		out_end(out);
	}
	out_end(out);
}

static void show_slots(struct out *out, const struct unload *unload)
{
	out_array(out, "prog_arrays");
	vec_each (slot, &unload->uses.slots) {
		out_object(out, NULL);
		out_uint(out, "map_id", "held by program array %", slot->map_id);
		out_str(out, "name", "'%'", slot->map_name);
		out_uint(out, "index", "at index %", slot->index);
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

void unload_show_holders(const struct unload *unload, bool gone)
{
	static const struct unload nobody;
	const struct unload *held = gone ? &nobody : unload;

	out_object(unload->out, "held_by");
	show_processes(unload->out, held);
	show_links(unload->out, held);
	show_slots(unload->out, held);
	out_end(unload->out);
}

bool unload_is_free(const struct unload *unload)
{
	size_t processes;

	holders_of(&unload->about.holders, (struct obj_key){ OBJ_PROG, unload->prog.id },
		   &processes);
	return !unload->uses.links.n && !unload->uses.slots.n && !processes;
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
	       "(another network namespace, tc, a cgroup, …)";
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
