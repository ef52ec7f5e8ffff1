/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Loading a program of an object file into the kernel, and saying why when that fails. */
#ifndef XH_BPF_LOAD_H
#define XH_BPF_LOAD_H

#include <stdbool.h>

#include "bpf/objfile.h"

struct load {
	struct objfile *file;
	bool nomount;  /* never mount a BPF file system, for maps that want to be pinned */
	bool verbose;  /* ask the verifier for its whole log, not only when it refuses */
	bool *created; /* of each map: its pin is this load's */
	char *log;     /* the verifier's; "" when it had nothing to say */
};

/*
 * The program to load when none is chosen: the only one of the file. 0, or a negative errno with
 * the failure recorded: it lists what there is instead.
 */
int load_choose(const struct objfile *file, const struct objfile_prog **prog);

/*
 * Loads one program with its maps; those that the object wants pinned are, or are taken from their
 * pins. Once for a file. 0, or a negative errno with the failure recorded and nothing left behind.
 */
int load_prog(struct load *load, const struct objfile_prog *prog);

/* Removes the pins of maps that load_prog() made, for a caller that failed after it. */
void load_undo(const struct load *load);

/* What load_prog() keeps stays until then: load->log. */
void load_free(struct load *load);
#define AUTO_LOAD __attribute__((cleanup(load_free)))

#endif
