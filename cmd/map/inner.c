// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What is in the maps of a map of maps. */
#include "map/inner.h"

#include <errno.h>

#include "base/cleanup.h"
#include "base/err.h"
#include "bpf/info.h"
#include "bpf/sys.h"
#include "map/elements.h"
#include "map/entries.h"
#include "map/entry.h"
#include "map/heading.h"
#include "out/out.h"

static int show_elements(struct out *out, const struct entry *outer, int fd,
			 const struct bpf_map_info *info)
{
	struct entries entries AUTO_ENTRIES = { 0 };
	struct entry entry AUTO_ENTRY = { 0 };
	struct elements elements = { .entry = &entry, .limit = outer->inner.limit, .nested = true };
	int err = entry_open(&entry, info) ?: entries_open(&entries, fd, info);

	if (err)
		return err;
	entry.no_keys = outer->no_keys;
	out_array(out, "elements");
	err = elements_show(out, &entries, &elements);
	out_end(out);
	return err;
}

static int show_map(struct out *out, const struct entry *outer, int fd, uint32_t map_id)
{
	struct bpf_map_info info;
	int err = fd < 0 ? fd : info_map(fd, &info);

	if (err) {
		out_uint(out, "id", "%:", map_id);
		return fail(err, "read map %u", map_id);
	}
	heading_show(out, &info);
	out_line(out);
	out_indent(out, 2);
	return show_elements(out, outer, fd, &info);
}

void inner_show(struct out *out, const struct entry *outer, uint32_t map_id)
{
	/* Maps of maps keep theirs, so one is gone only if it was replaced meanwhile. */
	auto_fd int fd = sys_map_by_id_readonly(map_id);

	if (fd == -ENOENT)
		return;
	out_object(out, "inner_map");
	out_indent(out, 1);
	if (show_map(out, outer, fd, map_id)) {
		out_str(out, "error", "%", fail_last()->text);
		fail_clear();
	}
	out_line(out);
	out_indent(out, 0);
	out_end(out);
}
