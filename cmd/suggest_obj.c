// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* For completion: the programs, maps and links there are. */
#include "suggest_obj.h"

#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "bpf/info.h"
#include "bpf/names.h"
#include "suggest.h"

struct search {
	const struct arg *arg;
	enum obj_kind kind;
	enum obj_by by;
	struct suggestions *to;
};

static int read_prog(int fd, struct suggest_candidate *candidate)
{
	struct bpf_prog_info info;
	int err = info_prog(fd, &info);

	candidate->type = info.type;
	candidate->type_name = names_prog_type(info.type);
	memcpy(candidate->name, info.name, sizeof(candidate->name));
	memcpy(candidate->tag, info.tag, sizeof(candidate->tag));
	return err;
}

static int read_map(int fd, struct suggest_candidate *candidate)
{
	struct bpf_map_info info;
	int err = info_map(fd, &info);

	candidate->type = info.type;
	candidate->type_name = names_map_type(info.type);
	memcpy(candidate->name, info.name, sizeof(candidate->name));
	return err;
}

static int read_link(int fd, struct suggest_candidate *candidate)
{
	struct bpf_link_info info;
	int err = info_link(fd, &info);

	candidate->type = info.type;
	candidate->type_name = names_link_type(info.type);
	return err;
}

static int read_nothing(int fd, struct suggest_candidate *candidate)
{
	(void)fd;
	(void)candidate;
	return 0;
}

static int (*const readers[OBJ_KINDS])(int fd, struct suggest_candidate *candidate) = {
	[OBJ_PROG] = read_prog,
	[OBJ_MAP] = read_map,
	[OBJ_LINK] = read_link,
	[OBJ_BTF] = read_nothing,
};

static bool fits(const struct search *search, const struct obj *obj,
		 struct suggest_candidate *candidate)
{
	const struct arg *arg = search->arg;

	*candidate = (struct suggest_candidate){ .kind = obj->kind, .id = obj->id };
	if (obj->kind != search->kind || readers[obj->kind](obj->fd, candidate))
		return false;
	return !arg->suits || arg->suits(search->to->options, candidate);
}

static void tag_text(const uint8_t tag[BPF_TAG_SIZE], char text[2 * BPF_TAG_SIZE + 1])
{
	for (int i = 0; i < BPF_TAG_SIZE; i++)
		snprintf(text + 2 * i, 3, "%02x", tag[i]);
}

/* "xdp hello", or beside a name "xdp id 7". */
static void describe(const struct suggest_candidate *candidate, bool by_name, char text[64])
{
	const char *type = candidate->type_name ?: obj_kind_name(candidate->kind);

	if (by_name)
		snprintf(text, 64, "%s id %u", type, candidate->id);
	else
		snprintf(text, 64, "%s%s%s", type, candidate->name[0] ? " " : "", candidate->name);
}

static int add(const struct obj *obj, void *context)
{
	const struct search *search = context;
	struct suggest_candidate candidate;
	char word[2 * BPF_TAG_SIZE + 1], help[64];

	if (!fits(search, obj, &candidate))
		return 0;
	if (search->by == OBJ_BY_NAME)
		snprintf(word, sizeof(word), "%s", candidate.name);
	else if (search->by == OBJ_BY_TAG)
		tag_text(candidate.tag, word);
	else
		snprintf(word, sizeof(word), "%u", candidate.id);
	describe(&candidate, search->by == OBJ_BY_NAME, help);
	if (word[0])
		suggest_add(search->to, word, help);
	return 0;
}

static void add_pinned(const char *path, void *context)
{
	const struct search *search = context;
	struct obj obj AUTO_OBJ = OBJ_CLOSED;
	struct suggest_candidate candidate;
	char help[64];

	if (obj_open_path(path, &obj) || !fits(search, &obj, &candidate))
		return;
	describe(&candidate, true, help);
	suggest_add(search->to, path, help);
}

void suggest_objects(const struct arg *arg, enum obj_kind kind, enum obj_by by,
		     struct suggestions *to)
{
	struct search search = { arg, kind, by, to };
	const struct suggest_walk walk = {
		SUGGEST_ON_BPFFS,
		.visit = add_pinned,
		.context = &search,
	};

	if (by == OBJ_BY_PATH)
		suggest_paths(&walk, to);
	else
		obj_walk(kind, add, &search);
	fail_clear();
}
