// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What `cgroup attach` and `cgroup detach` are about. */
#include "cgroup/change.h"

#include <errno.h>

#include "base/err.h"
#include "bpf/attachtype.h"
#include "bpf/info.h"
#include "bpf/names.h"
#include "cgroup/rows.h"
#include "suggest_obj.h"

/* The kernel would only say "Invalid argument". */
static int check_type(const struct cgroup_change *change)
{
	char is[NAMES_SCRATCH], wanted[NAMES_SCRATCH];
	uint32_t prog_type = attachtype_prog_type(change->hook->attach_type);
	struct bpf_prog_info info;
	int err = info_prog(change->prog.fd, &info);

	if (err)
		return fail(err, "read what program %u is", change->prog.id);
	if (info.type == prog_type)
		return 0;
	return fail_plain(-EINVAL, "%s is %s, %s takes %s", change->label,
			  names_prog_type_or_number(info.type, is), cgroup_hook_name(change->hook),
			  names_prog_type_or_number(prog_type, wanted));
}

int cgroup_change_open(struct cgroup_change *change, const char *path, const struct obj_ref *prog)
{
	int err = cgroups_open(path, &change->cgroup) ?: obj_open(prog, &change->prog);

	if (err)
		return err;
	net_prog_label(change->prog.id, change->label);
	return check_type(change);
}

void cgroup_change_close(struct cgroup_change *change)
{
	cgroups_close(&change->cgroup);
	obj_close(&change->prog);
	obj_close(&change->beside);
}

int cgroup_change_query(const struct cgroup_change *change, struct cgroupprogs *there)
{
	int err = cgroupprogs_query(change->cgroup.fd, change->hook->attach_type, false, there);

	if (err == -EINVAL)
		return fail_plain(err, "this kernel has no %s (EINVAL)",
				  cgroup_hook_name(change->hook));
	return err ? cgroup_rows_fail(err, change->cgroup.path) : 0;
}

bool cgroup_change_suits(const struct cgroup_hook *hook, const void *candidate)
{
	const struct suggest_candidate *prog = candidate;

	for (size_t i = 0; !hook && i < cgroup_hook_choices.count; i++) {
		if (cgroup_change_suits(choices_row(&cgroup_hook_choices, i), candidate))
			return true;
	}
	return hook && attachtype_prog_type(hook->attach_type) == prog->type;
}
