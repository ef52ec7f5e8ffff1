// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* `xh cgroup list CGROUP`: the programs of one control group. */
#include "cgroup/operand.h"
#include "cgroup/rows.h"
#include "commands.h"
#include "xh.h"

struct list_options {
	const char *path;
	bool effective;
};

static int run(struct xh *xh, const void *words)
{
	const struct list_options *options = words;
	struct cgroup_rows rows AUTO_CGROUP_ROWS = { .effective = options->effective };
	struct cgroup cgroup AUTO_CGROUP;
	int err = cgroups_open(options->path, &cgroup);

	err = err ?: cgroup_rows_read(xh, &rows);
	if (err)
		return err;
	out_array(xh->out, NULL);
	err = cgroup_rows_show(&rows, &cgroup);
	out_end(xh->out);
	if (err)
		return cgroup_rows_fail(err, options->path);
	cgroup_rows_warn(&rows);
	return 0;
}

const struct command cgroup_list = {
	.name = "list",
	.alias = "show",
	.summary = "List the programs of a control group",
	.args =
		(const struct arg[]){
			{ ARG_CGROUP(struct list_options, path), .required = true,
			  .help = "The control group" },
			{ "effective", ARG_FLAG(struct list_options, effective),
			  .help = "Those that run for its processes, from the groups above too" },
			{ 0 },
		},
	.options_size = sizeof(struct list_options),
	.run = run,
	.examples = EXAMPLES("xh cgroup list /sys/fs/cgroup/system.slice",
			     "xh -j cgroup show /sys/fs/cgroup/system.slice effective"),
};
