// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What `cgroup list` and `cgroup tree` show of the programs of a control group. */
#include "cgroup/rows.h"

#include <errno.h>
#include <stdio.h>

#include "base/err.h"
#include "bpf/attachtype.h"
#include "bpf/info.h"
#include "bpf/sys.h"

/* One program of a control group. */
struct row {
	const struct cgroup *cgroup;
	uint32_t attach_type;
	struct cgroupprog prog;
	uint32_t link_id; /* 0: attached without one */
	struct bpf_prog_info info;
	char name[PROGNAME_MAX];
};

int cgroup_rows_read(const struct xh *xh, struct cgroup_rows *rows)
{
	rows->out = xh->out;
	return row_list_read(xh, &rows->list);
}

void cgroup_rows_free(struct cgroup_rows *rows)
{
	row_list_free(&rows->list);
	cgroupprogs_free(&rows->progs);
	typenames_close(&rows->targets);
}

static void show_column(struct out *out, const char *text)
{
	char padded[PROGNAME_MAX];

	snprintf(padded, sizeof(padded), "%-15s", text);
	out_str(out, NULL, " %", padded);
}

void cgroup_rows_title(struct cgroup_rows *rows)
{
	out_gap(rows->out, "");
	if (rows->in_tree)
		out_text(rows->out, "CgroupPath\n");
	if (rows->effective)
		out_text(rows->out, "ID       AttachType      Name           \n");
	else
		out_text(rows->out, "ID       AttachType      AttachFlags     Name           \n");
}

/* The kernel tells of no links: the n-th of those at that place is taken for the n-th row. */
static uint32_t find_link(const struct cgroup_rows *rows, const struct row *row, size_t at)
{
	size_t before = 0;

	for (size_t i = 0; i < at; i++)
		before += rows->progs.rows.v[i].id == row->prog.id;
	vec_each (link, &rows->list.links) {
		if (link->type == UAPI_LINK_CGROUP && link->prog_id == row->prog.id &&
		    link->cgroup.cgroup_id == row->cgroup->id &&
		    link->cgroup.attach_type == row->attach_type && !before--)
			return link->id;
	}
	return 0;
}

static void read_prog(struct cgroup_rows *rows, struct row *row)
{
	auto_fd int fd = sys_prog_by_id(row->prog.id);

	if (fd == -EPERM)
		rows->list.unseen |= ROW_UNSEEN_OBJECTS;
	if (fd >= 0 && !info_prog(fd, &row->info))
		progname_full(fd, &row->info, row->name);
}

static const char *target_of(struct cgroup_rows *rows, const struct bpf_prog_info *info)
{
	if (!info->attach_btf_id)
		return "";
	if (rows->targets_of != info->attach_btf_obj_id) {
		typenames_close(&rows->targets);
		rows->targets_of = info->attach_btf_obj_id;
		if (typenames_open(rows->targets_of, &rows->targets))
			fail_clear();
	}
	return typenames_of(&rows->targets, info->attach_btf_id);
}

static void show_target(struct cgroup_rows *rows, const struct bpf_prog_info *info)
{
	const char *target = target_of(rows, info);
	bool is_number = info->attach_btf_id && !target[0];

	out_str(rows->out, "attach_btf_name", NULL, target);
	out_uint(rows->out, "attach_btf_obj_id", is_number ? " attach_btf_obj_id=%" : NULL,
		 info->attach_btf_obj_id);
	out_uint(rows->out, "attach_btf_id", is_number ? " attach_btf_id=%" : NULL,
		 info->attach_btf_id);
	if (!is_number)
		show_column(rows->out, target);
}

static void show_row(struct cgroup_rows *rows, const struct row *row)
{
	const char *type = attachtype_name(row->attach_type);
	struct out *out = rows->out;
	char id[16], scratch[CGROUPPROGS_FLAGS_MAX];

	out_object(out, NULL);
	snprintf(id, sizeof(id), "%-8u", row->prog.id);
	if (rows->in_tree && row->cgroup->depth)
		out_text(out, "    ");
	out_uint(out, "id", NULL, row->prog.id);
	out_str(out, NULL, "%", id);
	out_str(out, "attach_type", NULL, type);
	show_column(out, type);
	if (!rows->effective) {
		out_str(out, "attach_flags", NULL, cgroupprogs_flags(row->prog.flags, scratch));
		show_column(out, cgroupprogs_flags(row->prog.flags, scratch));
	}
	out_str(out, "name", NULL, row->name);
	show_column(out, row->name);
	show_target(rows, &row->info);
	if (row->link_id)
		out_uint(out, "link_id", " link_id %", row->link_id);
	row_end(&rows->list, row->prog.id, row->link_id);
}

/* What comes before the first program of a control group. */
static void begin(struct cgroup_rows *rows, const struct cgroup *cgroup)
{
	if (!rows->in_tree) {
		cgroup_rows_title(rows);
		return;
	}
	out_object(rows->out, NULL);
	out_str(rows->out, "cgroup", "%", cgroup->path);
	out_line(rows->out);
	out_array(rows->out, "programs");
}

static void show_type(struct cgroup_rows *rows, const struct cgroup *cgroup, uint32_t attach_type)
{
	for (size_t i = 0; i < rows->progs.rows.n; i++) {
		struct row row = {
			.cgroup = cgroup,
			.attach_type = attach_type,
			.prog = rows->progs.rows.v[i],
		};

		read_prog(rows, &row);
		if (!rows->effective)
			row.link_id = find_link(rows, &row, i);
		show_row(rows, &row);
	}
}

int cgroup_rows_show(struct cgroup_rows *rows, const struct cgroup *cgroup)
{
	bool any = false;
	int err = 0;

	for (uint32_t type = 0; !err && attachtype_name(type); type++) {
		if (!attachtype_of_cgroup(type))
			continue;
		err = cgroupprogs_query(cgroup->fd, type, rows->effective, &rows->progs);
		/* So an older kernel answers to a newer type. */
		if (err == -EINVAL)
			err = 0;
		if (err || !rows->progs.rows.n)
			continue;
		if (!any)
			begin(rows, cgroup);
		any = true;
		show_type(rows, cgroup, type);
	}
	if (any && rows->in_tree) {
		out_end(rows->out);
		out_end(rows->out);
	}
	return err;
}

void cgroup_rows_warn(const struct cgroup_rows *rows)
{
	if (rows->list.unseen)
		warn("names and links are seen with CAP_SYS_ADMIN only; try: sudo xh cgroup");
}

int cgroup_rows_fail(int err, const char *path)
{
	if (err == -ENOENT)
		return fail_missing("the control group %s has been removed (ENOENT)", path);
	if (err != -EPERM)
		return fail(err, "ask for the programs of %s", path);
	fail_plain(err, "seeing the programs of a control group needs CAP_NET_ADMIN (EPERM)");
	return fail_hint("try: sudo xh cgroup …");
}
