/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Why the kernel or libbpf did not load a program. */
#ifndef XH_BPF_LOAD_FAILURE_H
#define XH_BPF_LOAD_FAILURE_H

#include "bpf/load.h"

/* Records the failure that `err`, libbpf's messages and the verifier's log amount to; returns it. */
int load_failure(const struct load *load, int err);

#endif
