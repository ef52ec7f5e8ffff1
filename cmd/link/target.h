/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What a link is attached to, in the words of bpftool. */
#ifndef XH_CMD_LINK_TARGET_H
#define XH_CMD_LINK_TARGET_H

#include "bpf/linkinfo.h"
#include "link/devices.h"
#include "out/out.h"

/* Emits the target into the object that is open: text goes on in the line that is begun. */
void target_show(struct out *out, const struct linkinfo *link, struct devices *devices);

/* Those of perf events, and those of many functions at once. */
void target_perf_event(struct out *out, const struct linkinfo *link);
void target_kprobe_multi(struct out *out, const struct linkinfo *link);
void target_uprobe_multi(struct out *out, const struct linkinfo *link);

#endif
