/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Where a program is attached without a link: control groups, maps of sockets, the netns. */
#ifndef XH_OBJ_ATTACHED_H
#define XH_OBJ_ATTACHED_H

#include <stdint.h>

#include "base/vec.h"
#include "bpf/uapi_link.h"
#include "obj/obj.h"

struct attached {
	uint32_t attach_type; /* enum bpf_attach_type */
	char *cgroup;         /* the path of a control group, heap; or NULL */
	uint64_t cgroup_id;
	uint32_t map_id; /* of a sockmap or sockhash, or 0; with neither: this network namespace */
	char map_name[BPF_OBJ_NAME_LEN];
};

struct attached_list VEC(struct attached);
struct attached_links VEC(struct uapi_link_info);

/*
 * Adds the places where BPF_PROG_ATTACH put the program and BPF_PROG_QUERY shows it; not those that
 * are one of its `links`. 0 or a negative errno with the failure recorded.
 */
int attached_find(const struct obj *prog, const struct attached_links *links,
		  struct attached_list *list);
void attached_free(struct attached_list *list);

#endif
