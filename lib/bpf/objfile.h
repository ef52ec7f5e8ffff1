/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* A BPF object file, opened by libbpf without the kernel: its programs, maps and global data. */
#ifndef XH_BPF_OBJFILE_H
#define XH_BPF_OBJFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/vec.h"
#include "bpf/messages.h"
#include "elf/elf.h"

struct bpf_map;
struct bpf_object;
struct bpf_program;
struct btf;

struct objfile_prog {
	const char *name;
	const char *section;  /* without a leading '?' */
	uint32_t type;        /* BPF_PROG_TYPE_UNSPEC when the section is none that is known */
	uint32_t attach_type; /* enum bpf_attach_type */
	uint32_t insn_count;
	bool optional; /* SEC("?…"): not to be loaded unless asked for */
	struct bpf_program *handle;
};

struct objfile_map {
	char *name; /* heap, as libbpf's changes to that of a map that is taken */
	uint32_t type;
	uint32_t key_size;   /* bytes */
	uint32_t value_size; /* bytes */
	uint32_t max_entries;
	uint32_t flags;
	uint64_t extra;      /* for types that want one more number */
	bool internal;       /* of global variables, not declared as a map */
	char *pin_path;      /* heap; NULL when the object does not ask for a pin */
	bool taken;          /* from pin_path, where it stays: see prepare_pinned() */
	const void *initial; /* of an internal map: what its value begins as, or NULL */
	size_t initial_size; /* bytes */
	struct bpf_map *handle;
};

struct objfile_progs VEC(struct objfile_prog);
struct objfile_maps VEC(struct objfile_map);

/* Zeroed memory is a closed one. */
struct objfile {
	struct elf elf;
	struct objfile_progs progs; /* without the functions that they call */
	struct objfile_maps maps;
	struct bpf_object *handle;
	struct messages messages; /* libbpf's, while it is open */
};

/*
 * Where an object comes from: a file, or bytes of one that go by the name `path`. With `all`,
 * everything that libbpf tells of its work is kept in messages.all. `pin_root` is the directory of
 * maps that want to be pinned by their name, `kernel_btf` a file of the kernel's types, to be
 * checked with kernelbtf_check() before; NULL for what libbpf has.
 */
struct objfile_source {
	const char *path;
	const void *bytes; /* NULL for a file */
	size_t size;
	bool all;
	const char *pin_root;
	const char *kernel_btf;
};

/*
 * Checks and opens; 0 or a negative errno with the failure recorded. To be closed in any case: after
 * a failure the messages are still there.
 */
int objfile_open(const struct objfile_source *source, struct objfile *file);
void objfile_close(struct objfile *file);
#define AUTO_OBJFILE __attribute__((cleanup(objfile_close)))

/* Its types, borrowed, or NULL. */
const struct btf *objfile_btf(const struct objfile *file);

/* After loading, see load.h: the fds, borrowed, or negative. */
int objfile_prog_fd(const struct objfile_prog *prog);
int objfile_map_fd(const struct objfile_map *map);

#endif
