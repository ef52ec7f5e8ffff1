// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* From what was said on the command line to open objects: by id, name, tag or path. */
#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"
#include "bpf/info.h"
#include "bpf/names.h"
#include "bpf/progname.h"
#include "bpf/sys.h"
#include "obj/obj.h"
#include "obj/pins.h"

/* The longest name that the kernel keeps whole. */
#define KEPT (BPF_OBJ_NAME_LEN - 1)

/* Candidates that an error lists before it says how many more there are. */
#define LISTED 8

struct search {
	const struct obj_ref *ref;
	struct objs *found;
	char near[PROGNAME_MAX]; /* a name that the wanted one may be a slip of */
};

static bool is_unique(const struct obj_ref *ref)
{
	return ref->by == OBJ_BY_ID || ref->by == OBJ_BY_PATH;
}

/* What a name may match: the kernel's 15 characters, and the whole name where BTF has it. */
static bool name_matches(const char *wanted, const char *kept, const char *full)
{
	if (!strcmp(wanted, kept) || !strcmp(wanted, full))
		return true;
	/* The full name is not known: the cut one is all that can be compared. */
	return strlen(kept) == KEPT && !strcmp(full, kept) && strlen(wanted) > KEPT &&
	       !strncmp(wanted, kept, KEPT);
}

static void names_of(const struct obj *obj, char kept[BPF_OBJ_NAME_LEN], char full[PROGNAME_MAX],
		     uint8_t tag[BPF_TAG_SIZE])
{
	struct bpf_prog_info prog;
	struct bpf_map_info map;

	kept[0] = full[0] = '\0';
	memset(tag, 0, BPF_TAG_SIZE);
	if (obj->kind == OBJ_PROG && !info_prog(obj->fd, &prog)) {
		memcpy(kept, prog.name, BPF_OBJ_NAME_LEN);
		memcpy(tag, prog.tag, BPF_TAG_SIZE);
		progname_full(obj->fd, &prog, full);
	} else if (obj->kind == OBJ_MAP && !info_map(obj->fd, &map)) {
		memcpy(kept, map.name, BPF_OBJ_NAME_LEN);
		snprintf(full, PROGNAME_MAX, "%s", map.name);
	}
}

/* A slip of the fingers, or the beginning of a longer name. */
static bool is_near(const char *wanted, const char *full)
{
	return text_near(wanted, full) || (strlen(wanted) > 2 && text_starts(full, wanted));
}

static int match(const struct obj *obj, void *context)
{
	struct search *search = context;
	const struct obj_ref *ref = search->ref;
	char kept[BPF_OBJ_NAME_LEN], full[PROGNAME_MAX];
	uint8_t tag[BPF_TAG_SIZE];
	struct obj kept_open = *obj;

	names_of(obj, kept, full, tag);
	if (ref->by == OBJ_BY_TAG ? memcmp(tag, ref->tag, sizeof(tag)) != 0
				  : !name_matches(ref->word, kept, full)) {
		if (ref->by == OBJ_BY_NAME && !search->near[0] && is_near(ref->word, full))
			snprintf(search->near, sizeof(search->near), "%s", full);
		return 0;
	}
	kept_open.fd = fcntl(obj->fd, F_DUPFD_CLOEXEC, 0);
	if (kept_open.fd < 0)
		return fail(-errno, "keep %s %u open", obj_kind_name(obj->kind), obj->id);
	if (vec_push(search->found, kept_open)) {
		obj_close(&kept_open);
		return fail(-ENOMEM, "list the matches");
	}
	return 0;
}

static int fail_none(const struct search *search)
{
	const struct obj_ref *ref = search->ref;
	uint64_t tag;

	if (ref->by == OBJ_BY_NAME) {
		fail_missing("no %s named '%s'", obj_kind_name(ref->kind), ref->word);
		if (search->near[0])
			return fail_hint("did you mean '%s'?", search->near);
	} else {
		memcpy(&tag, ref->tag, sizeof(tag));
		fail_missing("no %s with tag %016" PRIx64, obj_kind_name(ref->kind),
			     be64toh(tag));
	}
	return fail_hint("'xh %s list' shows what there is", obj_kind_word(ref->kind));
}

static int open_path(const struct obj_ref *ref, struct obj *obj)
{
	int err = obj_open_path(ref->word, obj);

	if (err || obj->kind == ref->kind)
		return err;
	err = fail_plain(-EINVAL, "%s is a %s, not a %s", ref->word, obj_kind_name(obj->kind),
			 obj_kind_name(ref->kind));
	obj_close(obj);
	return err;
}

int obj_open_all(const struct obj_ref *ref, struct objs *objs)
{
	struct search search = { .ref = ref, .found = objs };
	struct obj obj = OBJ_CLOSED;
	int err;

	if (!is_unique(ref)) {
		err = obj_walk(ref->kind, match, &search);
		return err ?: objs->n ? 0 : fail_none(&search);
	}
	err = ref->by == OBJ_BY_ID ? obj_open_id(ref->kind, ref->id, &obj) : open_path(ref, &obj);
	if (!err && vec_push(objs, obj)) {
		obj_close(&obj);
		return fail(-ENOMEM, "open a %s", obj_kind_name(ref->kind));
	}
	return err;
}

/* Appends " pinned at …" for the first pin. */
static void describe_pin(const struct obj *obj, const struct pins *pins, struct buf *text)
{
	size_t count;
	const struct pin *pin = pins_of(pins, (struct obj_key){ obj->kind, obj->id }, &count);

	if (pin)
		buf_printf(text, " pinned at %s", pin->path);
}

/* "id 12 (xdp 'hello', tag 00112233…) pinned at …" */
static void describe(const struct obj *obj, const struct pins *pins, struct buf *text)
{
	char kept[BPF_OBJ_NAME_LEN], full[PROGNAME_MAX], scratch[NAMES_SCRATCH];
	uint8_t tag[BPF_TAG_SIZE];
	struct bpf_prog_info prog;
	struct bpf_map_info map;

	names_of(obj, kept, full, tag);
	buf_printf(text, "id %u", obj->id);
	if (obj->kind == OBJ_PROG && !info_prog(obj->fd, &prog)) {
		buf_printf(text, " (%s '%s', tag ", names_prog_type_or_number(prog.type, scratch),
			   full);
		for (size_t i = 0; i < sizeof(tag); i++)
			buf_printf(text, "%02x", tag[i]);
		buf_addch(text, ')');
	} else if (obj->kind == OBJ_MAP && !info_map(obj->fd, &map)) {
		buf_printf(text, " (%s '%s')", names_map_type_or_number(map.type, scratch), full);
	}
	describe_pin(obj, pins, text);
}

static int fail_several(const struct obj_ref *ref, const struct objs *objs)
{
	struct buf list AUTO_BUF = BUF_EMPTY;
	struct pins pins AUTO_PINS = { 0 };

	/* Without them the list is poorer, but still there. */
	(void)pins_read(&pins);
	for (size_t i = 0; i < objs->n && i < LISTED; i++) {
		if (i)
			buf_addstr(&list, ", ");
		describe(&objs->v[i], &pins, &list);
	}
	if (objs->n > LISTED)
		buf_printf(&list, " and %zu more", objs->n - LISTED);
	fail_plain(-EINVAL, "several %ss match, where one is needed: %s", obj_kind_name(ref->kind),
		   buf_str(&list));
	return fail_hint("name one by id or by pinned path");
}

int obj_open(const struct obj_ref *ref, struct obj *obj)
{
	struct objs objs AUTO_OBJS = { 0 };
	int err = obj_open_all(ref, &objs);

	*obj = OBJ_CLOSED;
	if (err)
		return err;
	if (objs.n > 1)
		return fail_several(ref, &objs);
	*obj = objs.v[0];
	objs.n = 0;
	return 0;
}
