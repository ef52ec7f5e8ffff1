/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Loading programs of an object file into the kernel, and saying why when that fails. */
#ifndef XH_BPF_LOAD_H
#define XH_BPF_LOAD_H

#include <stdbool.h>

#include "bpf/objfile.h"

struct load {
	struct objfile *file;
	const struct objfile_prog *only; /* the program to load; NULL: all */
	const char *device; /* that the file was prepared for, see prepare_device(), or NULL */
	bool metadata_only; /* likewise */
	bool verbose;       /* ask the verifier for its whole log, not only when it refuses */
	char *log;          /* the verifier's of the last program; "" when it had nothing to say */
};

/*
 * Sets load->only to the program of that name; where `name` is NULL, to the only one of the file.
 * 0, or a negative errno with the failure recorded: it lists what there is instead.
 */
int load_choose(struct load *load, const char *name);

/* True for a program that load_run() is to load: not for SEC("?…") unless it was chosen. */
bool load_wants(const struct load *load, const struct objfile_prog *prog);

/*
 * Loads the programs with all maps (struct_ops beside a program of theirs alone), and pins nothing.
 * Once for a file. 0, or a negative errno with the failure recorded and nothing left behind.
 */
int load_run(struct load *load);

/* What load_run() keeps stays until then: load->log. */
void load_free(struct load *load);
#define AUTO_LOAD __attribute__((cleanup(load_free)))

#endif
