/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What the kernel tells of a BTF object, and its bytes. */
#ifndef XH_BPF_BTFINFO_H
#define XH_BPF_BTFINFO_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

struct btfinfo {
	uint32_t id;
	uint32_t size; /* bytes */
	bool kernel;   /* of the kernel or a module, not of programs */
	char name[64]; /* "vmlinux" or that of the module, else "" as a rule */
};

/* 0 or a negative errno, no failure recorded. */
int btfinfo_read(int fd, struct btfinfo *info);

/* True for the BTF of a module, which goes on from that of vmlinux. */
bool btfinfo_is_module(const struct btfinfo *info);

/* Reads all of it, whose size `info` tells. As above. */
int btfinfo_bytes(int fd, const struct btfinfo *info, struct buf *bytes);

#endif
