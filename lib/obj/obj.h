/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* One way to name an object, and to find it: programs, maps, links and BTF alike. */
#ifndef XH_OBJ_OBJ_H
#define XH_OBJ_OBJ_H

#include <linux/bpf.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/cleanup.h"
#include "base/vec.h"

enum obj_kind {
	OBJ_PROG,
	OBJ_MAP,
	OBJ_LINK,
	OBJ_BTF,
	OBJ_KINDS,
};

enum obj_by {
	OBJ_NONE, /* not given */
	OBJ_BY_ID,
	OBJ_BY_NAME,
	OBJ_BY_TAG,
	OBJ_BY_PATH,
};

/* What a command line said: plain data, nothing is open. */
struct obj_ref {
	enum obj_kind kind;
	enum obj_by by;
	uint32_t id;
	uint8_t tag[BPF_TAG_SIZE];
	const char *word; /* the name or path; borrowed */
};

/* An open object. */
struct obj {
	enum obj_kind kind;
	int fd;
	uint32_t id;
};

struct objs VEC(struct obj);

void obj_close(struct obj *obj);
void obj_close_all(struct objs *objs);
#define AUTO_OBJ  __attribute__((cleanup(obj_close)))
#define AUTO_OBJS __attribute__((cleanup(obj_close_all)))

/* An empty struct obj. */
#define OBJ_CLOSED ((struct obj){ .fd = -1 })

/* "program", "map", "link", "BTF". */
const char *obj_kind_name(enum obj_kind kind);

/* The verb's object word: "prog", "map", "link", "btf". */
const char *obj_kind_word(enum obj_kind kind);

/*
 * Opens the one object that `ref` names. Several: a failure that lists them. None: a failure with
 * STATUS_MISSING. 0 or a negative errno with the failure recorded.
 */
int obj_open(const struct obj_ref *ref, struct obj *obj);

/* Opens all that `ref` names, at least one, in the order of their ids. */
int obj_open_all(const struct obj_ref *ref, struct objs *objs);

/*
 * Calls `visit` for every object of a kind, in the order of their ids; `obj` is closed after it
 * returns. Objects that vanish meanwhile are skipped. Ends early when `visit` returns non-zero,
 * with that value; negative errno and the failure recorded when the kernel refuses.
 */
int obj_walk(enum obj_kind kind, int (*visit)(const struct obj *obj, void *context), void *context);

/* Opens by id; -ENOENT (STATUS_MISSING) or another negative errno, the failure recorded. */
int obj_open_id(enum obj_kind kind, uint32_t id, struct obj *obj);

/*
 * Opens what is pinned at `path`, whatever its kind; says so when it is a directory, a plain file
 * or missing.
 */
int obj_open_path(const char *path, struct obj *obj);

/* What /proc/PID/fd/N points to: the kind of object, or -EINVAL for none of ours. */
int obj_kind_of_inode(const char *target);

#endif
