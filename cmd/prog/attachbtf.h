/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The function, tracepoint or hook that a program was loaded for (attach_btf). */
#ifndef XH_CMD_PROG_ATTACHBTF_H
#define XH_CMD_PROG_ATTACHBTF_H

#include <linux/bpf.h>
#include <stdint.h>

#include "btf/typenames.h"

struct out;

/* The BTF that was looked into last: many programs are for one, that of the kernel. */
struct attachbtf_cache {
	uint32_t btf_id;
	struct typenames names; /* none when it cannot be had */
};

void attachbtf_forget(struct attachbtf_cache *cache);

/* Emits it into the object that is open; nothing for a program without one. */
void attachbtf_show(struct out *out, const struct bpf_prog_info *info,
		    struct attachbtf_cache *cache);

#endif
