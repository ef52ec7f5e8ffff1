/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Where in netfilter a link is attached, as `net list` and `link list` tell it. */
#ifndef XH_CMD_NETFILTER_H
#define XH_CMD_NETFILTER_H

#include "bpf/uapi_link.h"

struct out;

/* Emits the family, hook, priority and flags into the object that is open; in text: one line. */
void netfilter_show(struct out *out, const struct uapi_link_info *link);

#endif
