// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The programs that a control group has at one attach type. */
#include "bpf/cgroupprogs.h"

#include <errno.h>
#include <linux/bpf.h>
#include <stdio.h>

#include "bpf/sys.h"
#include "bpf/uapi_attach.h"

/* Of one control group; those above add to what is effective, and LSM hooks are told together. */
#define AT_FIRST 64

struct arrays {
	uint32_t *ids, *flags;
	uint32_t count;
};

static int ask(int fd, uint32_t attach_type, bool effective, struct arrays *arrays,
	       struct cgroupprogs *progs)
{
	struct uapi_query query = {
		.target = (uint32_t)fd,
		.attach_type = attach_type,
		.query_flags = effective ? BPF_F_QUERY_EFFECTIVE : 0,
		.prog_ids = (uintptr_t)arrays->ids,
		.prog_flags = effective ? 0 : (uintptr_t)arrays->flags,
		.count = arrays->count,
	};
	int err = sys_prog_query(&query);

	arrays->count = query.count;
	progs->flags = query.attach_flags;
	progs->revision = query.revision;
	return err;
}

/* Those that came with no flags of their own have that of the attach type. */
static int keep(const struct arrays *arrays, struct cgroupprogs *progs)
{
	int err = 0;

	for (uint32_t i = 0; !err && i < arrays->count; i++) {
		const struct cgroupprog prog = { arrays->ids[i], arrays->flags[i] ?: progs->flags };

		err = vec_push(&progs->rows, prog);
	}
	return err;
}

static int ask_for(int fd, uint32_t attach_type, bool effective, struct cgroupprogs *progs,
		   uint32_t *count)
{
	auto_free uint32_t *memory = calloc(*count, 2 * sizeof(*memory));
	struct arrays arrays = { memory, memory + *count, *count };
	int err = memory ? ask(fd, attach_type, effective, &arrays, progs) : -ENOMEM;

	*count = arrays.count;
	return err ?: keep(&arrays, progs);
}

int cgroupprogs_query(int fd, uint32_t attach_type, bool effective, struct cgroupprogs *progs)
{
	uint32_t room = AT_FIRST, count = room;
	int err;

	progs->rows.n = 0;
	err = ask_for(fd, attach_type, effective, progs, &count);
	while (err == -ENOSPC && count > room) {
		room = count;
		err = ask_for(fd, attach_type, effective, progs, &count);
	}
	return err;
}

void cgroupprogs_free(struct cgroupprogs *progs)
{
	vec_free(&progs->rows);
}

bool cgroupprogs_have(const struct cgroupprogs *progs, uint32_t prog_id)
{
	vec_each (prog, &progs->rows) {
		if (prog->id == prog_id)
			return true;
	}
	return false;
}

const char *cgroupprogs_flags(uint32_t flags, char scratch[CGROUPPROGS_FLAGS_MAX])
{
	switch (flags) {
	case 0:
		return "";
	case CGROUPPROGS_OVERRIDE:
		return "override";
	case CGROUPPROGS_MULTI:
		return "multi";
	case CGROUPPROGS_MULTI | CGROUPPROGS_PREORDER:
		return "multi,preorder";
	}
	snprintf(scratch, CGROUPPROGS_FLAGS_MAX, "unknown(%#x)", flags);
	return scratch;
}
