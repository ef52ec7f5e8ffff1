// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The links that hold a program that is to be unloaded: what keeps each of them, and what to do. */
#include "bpf/linkinfo.h"
#include "bpf/names.h"
#include "prog/unload.h"

static void show_place(struct unload *unload, const struct uapi_link_info *link)
{
	struct out *out = unload->out;

	if (devices_has(link->type)) {
		out_gap(out, "");
		out_text(out, " ");
		devices_show(out, &unload->devices, link);
		out_gap(out, " ");
	} else if (linkinfo_is_detached(link)) {
		out_flag(out, "detached", "(detached)", true);
	}
}

/* Appends what has to happen for the link to end, as far as xh can see what keeps it. */
static void add_ways_out(const struct about *about, struct obj_key key, struct buf *text)
{
	size_t processes, paths;
	const struct holder *holder = holders_of(&about->holders, key, &processes);
	const struct pin *pin = pins_of(&about->pins, key, &paths);

	for (size_t i = 0; i < processes; i++)
		buf_printf(text, "%send process %d (%s)", text->len ? ", " : "", (int)holder[i].pid,
			   holder[i].comm);
	for (size_t i = 0; i < paths; i++)
		buf_printf(text, "%srm %s", text->len ? ", " : "", pin[i].path);
}

static void show_what_to_do(const struct unload *unload, const struct uapi_link_info *link)
{
	struct buf ways AUTO_BUF = BUF_EMPTY;
	struct out *out = unload->out;

	add_ways_out(&unload->about, (struct obj_key){ OBJ_LINK, link->id }, &ways);
	if (ways.len)
		out_str(out, NULL, "- to end it: %", buf_str(&ways));
	else
		out_str(out, NULL, "- %", "kept by something that xh cannot see");
	if (linkinfo_can_detach(link->type) && !linkinfo_is_detached(link))
		out_uint(out, NULL, "- to detach it until then: xh link detach id %", link->id);
}

static void show_keepers(const struct unload *unload, struct obj_key key)
{
	out_json_only(unload->out);
	about_pins(unload->out, &unload->about, key);
	about_holders(unload->out, &unload->about, key);
	out_end(unload->out);
}

void unload_show_links(struct unload *unload)
{
	struct out *out = unload->out;

	vec_each (link, &unload->uses.links) {
		out_object(out, NULL);
		out_uint(out, "id", "held by link %", link->id);
		out_str(out, "type", "(%)", names_link_type(link->type) ?: "unknown");
		show_place(unload, link);
		show_what_to_do(unload, link);
		show_keepers(unload, (struct obj_key){ OBJ_LINK, link->id });
		out_gap(out, " ");
		out_line(out);
		out_end(out);
	}
}
