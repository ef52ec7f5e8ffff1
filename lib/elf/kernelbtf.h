/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* A file of a kernel's types, checked before libbpf, which believes it, reads it. */
#ifndef XH_ELF_KERNELBTF_H
#define XH_ELF_KERNELBTF_H

/*
 * Checks a file of BTF alone (as /sys/kernel/btf/vmlinux is), or an ELF file with a .BTF section
 * (as vmlinux is), with check_btf(). 0, or a negative errno with the failure recorded.
 */
int kernelbtf_check(const char *path);

#endif
