/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What a program says of itself: its constants whose names begin with bpf_metadata_. */
#ifndef XH_CMD_PROG_METADATA_H
#define XH_CMD_PROG_METADATA_H

struct info_prog_detail;
struct mention;
struct out;

/*
 * Emits "metadata" into the object that is open, if there is any that can be read. `detail` has the
 * ids of the program's maps; `cache` (zeroed at first) is for the programs of one list.
 */
void metadata_show(struct out *out, const struct info_prog_detail *detail, struct mention *cache);

#endif
