/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What libbpf's warnings tell of a load that failed. */
#ifndef XH_BPF_LOAD_MESSAGE_H
#define XH_BPF_LOAD_MESSAGE_H

#include "bpf/load.h"

/* The map that could not be made, or NULL. */
const struct objfile_map *load_message_map(const struct load *load);

/* The program that libbpf was at when it gave up, as far as it says; or else the first one. */
const struct objfile_prog *load_message_prog(const struct load *load);

/*
 * Records what a warning means whose words are known, with what to do about it, and returns `err`;
 * 0 when there is none.
 */
int load_message_known(const struct load *load, int err);

#endif
