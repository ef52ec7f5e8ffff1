/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Attaching a loaded program to where its SEC("…") says. */
#ifndef XH_BPF_AUTOATTACH_H
#define XH_BPF_AUTOATTACH_H

#include "bpf/objfile.h"

/*
 * The fd of a new link, the caller's: what is attached by it stays as long as the link does. Or a
 * negative errno with the failure recorded; so too for a section that does not say where.
 */
int autoattach_link(const struct objfile *file, const struct objfile_prog *prog);

#endif
