/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The object file of hello.bpf.c, as bytes in this program (object.S). */
#ifndef XH_HELLO_OBJECT_H
#define XH_HELLO_OBJECT_H

extern const unsigned char hello_object_start[];
extern const unsigned char hello_object_end[];

#endif
