// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What can be said of any object: where it is pinned and which processes hold it. */
#include "about.h"

int about_read(const struct xh *xh, struct about *about)
{
	int err;

	if (about->known)
		return 0;
	err = xh->flags.pins ? pins_read(&about->pins) : 0;
	err = err ?: holders_read(&about->holders);
	about->known = !err;
	return err;
}

void about_free(struct about *about)
{
	pins_free(&about->pins);
	holders_free(&about->holders);
}

void about_pins(struct out *out, const struct about *about, struct obj_key key)
{
	size_t count;
	const struct pin *pin = pins_of(&about->pins, key, &count);

	if (!count)
		return;
	out_array(out, "pinned");
	for (; count; count--, pin++) {
		out_line(out);
		out_str(out, NULL, "pinned %", pin->path);
	}
	out_end(out);
}

void about_holders(struct out *out, const struct about *about, struct obj_key key)
{
	size_t count;
	const struct holder *holder = holders_of(&about->holders, key, &count);

	if (!count)
		return;
	out_line(out);
	out_array(out, "pids");
	out_text(out, "\tpids ");
	for (size_t i = 0; i < count; i++) {
		out_object(out, NULL);
		out_text(out, i ? ", " : "");
		out_gap(out, "");
		out_str(out, "comm", "%", holder[i].comm);
		out_int(out, "pid", "(%)", holder[i].pid);
		out_gap(out, "  ");
		out_end(out);
	}
	out_end(out);
}
