/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The strings that a loaded program can hand to bpf_printk() as its format. */
#ifndef XH_BPF_FORMATS_H
#define XH_BPF_FORMATS_H

struct info_prog_detail;

/*
 * Calls `take` for every string in a map of constants whose address an instruction puts into a
 * register where a format can come from; the same one may come again. `detail` has INFO_XLATED.
 * Strings that a program makes on its stack, or is handed by another program, are not found; maps
 * that are gone or not to be read are passed over.
 *
 * 0; what `take` returned when that was not 0; -ENOMEM with the failure recorded.
 */
int formats_each(const struct info_prog_detail *detail,
		 int (*take)(void *context, const char *string), void *context);

#endif
