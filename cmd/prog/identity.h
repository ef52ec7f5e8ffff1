/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What begins every account of a program: id, type, name, tag, device, license, statistics. */
#ifndef XH_CMD_PROG_IDENTITY_H
#define XH_CMD_PROG_IDENTITY_H

#include <linux/bpf.h>

struct out;

/* Emits the fields into the object that is open, and ends the line of text. */
void identity_show(struct out *out, int fd, const struct bpf_prog_info *info);

#endif
