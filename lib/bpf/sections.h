/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* SEC("…") names: the newer ones taught to libbpf, and the nearest one to a word that is none. */
#ifndef XH_BPF_SECTIONS_H
#define XH_BPF_SECTIONS_H

#include <stddef.h>

/*
 * Teaches libbpf the sections that the installed one does not know, so that objects with them load;
 * may be called again. 0 or a negative errno with the failure recorded.
 */
int sections_register(void);

/* Known sections, as they are to be written, one after another; NULL after the last. */
const char *sections_name(size_t index);

/* The known section that is nearest to `section`, as it is to be written, or NULL for none near. */
const char *sections_nearest(const char *section);

#endif
