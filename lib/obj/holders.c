// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Which processes hold an object open, from /proc/PID/fd and fdinfo. */
#include "obj/holders.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/text.h"
#include "obj/procfds.h"

/* Where the fdinfo of each kind has the id. */
static const char *const id_keys[OBJ_KINDS] = {
	[OBJ_PROG] = "\nprog_id:\t",
	[OBJ_MAP] = "\nmap_id:\t",
	[OBJ_LINK] = "\nlink_id:\t",
	[OBJ_BTF] = "\nbtf_id:\t",
};

static int add_holder(const struct procfds_file *file, int kind, struct holders *holders)
{
	char path[32], text[2048];
	struct holder holder = { .key.kind = (enum obj_kind)kind, .pid = file->process->pid };
	const char *line;

	snprintf(path, sizeof(path), "../fdinfo/%.10s", file->fd);
	if (procfds_read(file->process->fds, path, text, sizeof(text)) <= 0)
		return 0;
	line = strstr(text, id_keys[kind]);
	if (!line)
		return 0;
	holder.key.id = (uint32_t)strtoul(line + strlen(id_keys[kind]), NULL, 10);
	memcpy(holder.comm, procfds_comm(file->process), sizeof(holder.comm));
	return vec_push(holders, holder);
}

/* Sockets, pipes and files are most of what there is. */
static int visit(const struct procfds_file *file, void *context)
{
	int kind = text_starts(file->target, "anon_inode:b") ? obj_kind_of_inode(file->target) : -1;

	return kind < 0 ? 0 : add_holder(file, kind, context);
}

static int compare(const void *a, const void *b)
{
	const struct holder *left = a, *right = b;

	return obj_key_compare(&left->key, &right->key)
		       ?: (left->pid > right->pid) - (left->pid < right->pid);
}

/* A process that holds an object by several fds is one holder. */
static void drop_repeats(struct holders *holders)
{
	size_t kept = 0;

	if (holders->n)
		qsort(holders->v, holders->n, sizeof(*holders->v), compare);
	for (size_t i = 0; i < holders->n; i++) {
		if (!kept || compare(&holders->v[kept - 1], &holders->v[i]))
			holders->v[kept++] = holders->v[i];
	}
	holders->n = kept;
}

int holders_read(struct holders *holders)
{
	const struct procfds_walk walk = { visit, holders };
	int err = procfds_walk(&walk);

	drop_repeats(holders);
	return err ? fail(err, "list who holds BPF objects") : 0;
}

void holders_free(struct holders *holders)
{
	vec_free(holders);
}

const struct holder *holders_of(const struct holders *holders, struct obj_key key, size_t *count)
{
	return obj_key_find(holders->v, holders->n, sizeof(*holders->v), key, count);
}
