// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The hooks of a network device that run several programs one after another: tcx and netkit. */
#include "bpf/mprog.h"

#include <errno.h>

#include "bpf/sys.h"
#include "bpf/uapi_attach.h"

static uint64_t address(const uint32_t *array)
{
	return (uint64_t)(uintptr_t)array;
}

int mprog_query(unsigned int ifindex, uint32_t attach_type, struct mprog *mprog)
{
	uint32_t prog_ids[MPROG_MAX], prog_flags[MPROG_MAX];
	uint32_t link_ids[MPROG_MAX], link_flags[MPROG_MAX];
	struct uapi_query query = {
		.target = ifindex,
		.attach_type = attach_type,
		.prog_ids = address(prog_ids),
		.prog_flags = address(prog_flags),
		.link_ids = address(link_ids),
		.link_flags = address(link_flags),
		.count = MPROG_MAX,
	};
	int err = sys_prog_query(&query);

	mprog->count = 0;
	mprog->revision = query.revision;
	/* So a hook that nothing has been attached to yet is told by Linux 6.6. */
	if (err == -ENOENT)
		return 0;
	if (err)
		return err;
	for (size_t i = 0; i < query.count && i < MPROG_MAX; i++) {
		mprog->entries[mprog->count++] = (struct mprog_entry){ prog_ids[i], prog_flags[i],
								       link_ids[i], link_flags[i] };
	}
	return 0;
}

int mprog_find(const struct mprog *mprog, uint32_t prog_id)
{
	for (size_t i = 0; i < mprog->count; i++) {
		if (mprog->entries[i].prog_id == prog_id)
			return (int)i;
	}
	return -1;
}
