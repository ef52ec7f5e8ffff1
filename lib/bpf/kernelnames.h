/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Names of types that are newer than xh, asked of the kernel's own BTF. */
#ifndef XH_BPF_KERNELNAMES_H
#define XH_BPF_KERNELNAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct btf;

enum kernelnames {
	KERNELNAMES_PROG,
	KERNELNAMES_MAP,
	KERNELNAMES_LINK,
	KERNELNAMES_ATTACH,
};

/*
 * What the enum of that kind in `btf` calls `number`, without the prefix and in lower case, cut to
 * `size` bytes; -ENOENT, no failure recorded, when it has no such number.
 */
int kernelnames_find(const struct btf *btf, enum kernelnames kind, uint32_t number, char *name,
		     size_t size);

/*
 * The same of the running kernel: NULL when it has no BTF, or none that xh can read. Costs a few
 * milliseconds the first time a number is asked for; what it returns lives on.
 */
const char *kernelnames_of(enum kernelnames kind, uint32_t number);

/* Whether the running kernel is known not to have that number: one without BTF never is. */
bool kernelnames_lack(enum kernelnames kind, uint32_t number);

#endif
