// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Programs of tracepoints and probes, by the perf events and links that processes have open. */
#include "obj/probes.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/err.h"
#include "base/text.h"
#include "bpf/sys.h"
#include "obj/procfds.h"

struct search {
	int (*visit)(const struct probe *probe, void *context);
	void *context;
};

/* "anon_inode:[perf_event]", "anon_inode:bpf_link", before 5.8 "anon_inode:bpf-raw-tracepoint". */
static bool may_be_probe(const char *target)
{
	return text_starts(target, "anon_inode:[perf") ||
	       text_starts(target, "anon_inode:bpf_link") ||
	       text_starts(target, "anon_inode:bpf-raw");
}

static int visit_file(const struct procfds_file *file, void *context)
{
	const struct search *search = context;
	char name[PATH_MAX];
	struct sys_task_fd query = {
		.pid = (uint32_t)file->process->pid,
		.fd = (uint32_t)strtoul(file->fd, NULL, 10),
		.name = name,
		.name_size = sizeof(name),
	};

	/* Most have no program, and any may be closed meanwhile. */
	if (!may_be_probe(file->target) || sys_task_fd_query(&query))
		return 0;
	return search->visit(
		&(struct probe){
			.pid = file->process->pid,
			.comm = procfds_comm(file->process),
			.fd = query.fd,
			.prog_id = query.prog_id,
			.type = query.type,
			.name = name,
			.offset = query.offset,
			.addr = query.addr,
		},
		search->context);
}

/* Whether the kernel answers at all, asked of an fd that has no program. */
static int check_privilege(void)
{
	char name[1];
	struct sys_task_fd query = {
		.pid = (uint32_t)getpid(),
		.name = name,
		.name_size = sizeof(name),
	};

	if (sys_task_fd_query(&query) != -EPERM)
		return 0;
	fail_plain(-EPERM,
		   "seeing which programs processes trace with needs CAP_SYS_ADMIN (EPERM)");
	return fail_hint("try: sudo xh perf");
}

int probes_walk(int (*visit)(const struct probe *probe, void *context), void *context)
{
	struct search search = { visit, context };
	const struct procfds_walk walk = { visit_file, &search };
	int err = check_privilege();

	if (err)
		return err;
	err = procfds_walk(&walk);
	return err < 0 ? fail(err, "look through the open files of processes") : err;
}
