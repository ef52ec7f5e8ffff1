/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Several pins that are made together: all of them, or none. */
#ifndef XH_BPF_PINSET_H
#define XH_BPF_PINSET_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/vec.h"

struct pinset_entry {
	char *path;
	bool is_directory;
	ino_t inode; /* of a pin that was made; 0 before */
};

/* Zeroed memory, but for nomount, is an empty one. */
struct pinset {
	bool nomount; /* never mount a BPF file system */
	struct VEC(struct pinset_entry) made;
};

/*
 * Pin what `fd` is, or make a directory where none is yet; a BPF file system is mounted as
 * bpffs_mount() does it. 0, or a negative errno with the failure recorded.
 */
int pinset_pin(struct pinset *set, int fd, const char *path);
int pinset_directory(struct pinset *set, const char *path);

/*
 * Removes what the two made, for a caller that failed after them; what was there before stays, and
 * what another process has put in its place.
 */
void pinset_undo(const struct pinset *set);

void pinset_free(struct pinset *set);
#define AUTO_PINSET __attribute__((cleanup(pinset_free)))

#endif
