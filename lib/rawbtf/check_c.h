/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Whether BTF can be written as C with a bounded amount of work and of text. */
#ifndef XH_RAWBTF_CHECK_C_H
#define XH_RAWBTF_CHECK_C_H

struct rawbtf;

/*
 * What check_raw() took may still be small and its C endless: unnamed types are written out where
 * they are used, gaps of structs are filled word by word, and names could hold line breaks. 0 or a
 * negative errno with the failure recorded.
 */
int check_c(const struct rawbtf *raw);

#endif
