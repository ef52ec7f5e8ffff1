/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Names of programs longer than the 15 characters that the kernel keeps. */
#ifndef XH_BPF_PROGNAME_H
#define XH_BPF_PROGNAME_H

#include <linux/bpf.h>

#define PROGNAME_MAX 256

/*
 * The name of the program open as `fd`: where the kernel's copy is cut, that of the function at
 * its first instruction, from the program's BTF. Falls back to the cut name; "" for no name.
 */
void progname_full(int fd, const struct bpf_prog_info *info, char name[PROGNAME_MAX]);

#endif
