/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The object file of profile.bpf.c, as bytes in this program (object.S). */
#ifndef XH_PROFILE_OBJECT_H
#define XH_PROFILE_OBJECT_H

extern const unsigned char profile_object_start[];
extern const unsigned char profile_object_end[];

#endif
