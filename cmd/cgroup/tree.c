// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* `xh cgroup tree`: the programs of a control group and of all below it. */
#include <errno.h>
#include <string.h>

#include "base/err.h"
#include "cgroup/operand.h"
#include "cgroup/rows.h"
#include "commands.h"
#include "xh.h"

struct tree_options {
	const char *root;
	bool effective;
};

/* Stands in the place of the programs. */
static void show_skipped(const char *path, int err, void *context)
{
	struct out *out = ((struct cgroup_rows *)context)->out;

	out_object(out, NULL);
	out_str(out, "cgroup", "%:", path);
	out_array(out, "programs");
	out_end(out);
	out_str(out, "error", "not seen: %", err_text(err));
	out_line(out);
	out_end(out);
}

/* Where this one may not be seen, no other may be. One that has gone had nothing to show. */
static int visit(const struct cgroup *cgroup, void *context)
{
	struct cgroup_rows *rows = context;
	int err = cgroup_rows_show(rows, cgroup);

	if (err == -EPERM)
		return cgroup_rows_fail(err, cgroup->path);
	if (err && err != -ENOENT)
		show_skipped(cgroup->path, err, rows);
	return out_err(rows->out);
}

/* A root that is no control group is an error, other than one below it. */
static int check_root(const char *path)
{
	struct cgroup cgroup AUTO_CGROUP;

	return cgroups_open(path, &cgroup);
}

/* The paths below it are made of it: /a/ and b would be /a//b. */
static char *without_slash(const char *path)
{
	size_t len = strlen(path);

	while (len > 1 && path[len - 1] == '/')
		len--;
	return strndup(path, len);
}

static int show_tree(struct cgroup_rows *rows, const char *path)
{
	struct cgroup_walk walk = { .visit = visit, .skip = show_skipped, .context = rows };
	auto_free char *root = without_slash(path);
	int err;

	if (!root)
		return fail(-ENOMEM, "walk through %s", path);
	rows->in_tree = true;
	cgroup_rows_title(rows);
	out_array(rows->out, NULL);
	err = cgroups_walk_below(&walk, root);
	out_end(rows->out);
	return err;
}

static int run(struct xh *xh, const void *words)
{
	const struct tree_options *options = words;
	struct cgroup_rows rows AUTO_CGROUP_ROWS = { .effective = options->effective };
	auto_free char *mount = NULL;
	const char *root = options->root;
	int err = root ? 0 : cgroups_mount(&mount);

	root = root ?: mount;
	err = err ?: check_root(root) ?: cgroup_rows_read(xh, &rows);
	if (err)
		return err;
	err = show_tree(&rows, root);
	if (!err)
		cgroup_rows_warn(&rows);
	return err;
}

const struct command cgroup_tree = {
	.name = "tree",
	.summary = "List the programs of all control groups",
	.args =
		(const struct arg[]){
			{ ARG_CGROUP(struct tree_options, root), .metavar = "CGROUP_ROOT",
			  .help = "This one and those below it; else all of the first cgroup2" },
			{ "effective", ARG_FLAG(struct tree_options, effective),
			  .help = "Those that run for its processes, from the groups above too" },
			{ 0 },
		},
	.options_size = sizeof(struct tree_options),
	.run = run,
	.examples = EXAMPLES("xh cgroup tree", "xh cgroup tree /sys/fs/cgroup/system.slice"),
};
