/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What libbpf says while it works, kept instead of printed. */
#ifndef XH_BPF_MESSAGES_H
#define XH_BPF_MESSAGES_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct messages {
	struct buf warnings; /* lines */
	struct buf all;      /* lines: what it tells of its work, and the warnings among it */
	bool keep_all;       /* in */
};

/* From messages_keep() on, what libbpf says in this thread is appended to `messages`. */
void messages_keep(struct messages *messages);
void messages_stop(void);
void messages_free(struct messages *messages);

/* The errno value of what libbpf returned: its own numbers, from 4000 on, become -ENOEXEC. */
static inline int messages_errno(int err)
{
	return err <= -4000 ? -ENOEXEC : err;
}

/* The first warning that says what went wrong, not what followed from it; "" for none. */
void messages_cause(const struct messages *messages, char *cause, size_t size);

/* True when a warning has `piece` in it. */
bool messages_tell(const struct messages *messages, const char *piece);

/*
 * Finds `start` … `end` among the messages and copies what stands between; false when there is no
 * such message.
 */
bool messages_find(const struct messages *messages, const char *start, const char *end,
		   char name[128]);

#endif
