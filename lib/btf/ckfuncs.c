// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Prototypes of the functions of the kernel that BPF programs may call. */
#include "btf/ckfuncs.h"

#include <bpf/btf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/vec.h"
#include "bpf/messages.h"
#include "btf/types.h"

struct kfunc {
	const char *name;
	uint32_t id;
	uint32_t proto_id;
};

struct kfuncs VEC(struct kfunc);

/* True when `type` tags a whole function with `tag`. */
static bool is_tag(const struct btf *btf, const struct btf_type *type, const char *tag)
{
	return btf_is_decl_tag(type) && btf_decl_tag(type)->component_idx == -1 &&
	       !strcmp(types_string(btf, type->name_off), tag) &&
	       btf_is_func(btf__type_by_id(btf, type->type));
}

static int compare(const void *left, const void *right)
{
	const struct kfunc *a = left, *b = right;

	return strcmp(a->name, b->name) ?: (a->id < b->id ? -1 : a->id > b->id);
}

static int find(const struct btf *btf, const char *tag, struct kfuncs *found)
{
	for (uint32_t id = 1; id < btf__type_cnt(btf); id++) {
		const struct btf_type *type = btf__type_by_id(btf, id);
		const struct btf_type *func;

		if (!is_tag(btf, type, tag))
			continue;
		func = btf__type_by_id(btf, type->type);
		if (vec_push(found, { types_string(btf, func->name_off), type->type, func->type }))
			return fail(-ENOMEM, "list the functions of the kernel");
	}
	if (found->n)
		qsort(found->v, found->n, sizeof(*found->v), compare);
	return 0;
}

static int declare(struct btf_dump *dump, const struct kfunc *kfunc, bool fast, struct buf *text)
{
	LIBBPF_OPTS(btf_dump_emit_type_decl_opts, opts, .field_name = kfunc->name);
	int err;

	buf_printf(text, "extern %s", fast ? "__bpf_fastcall " : "");
	err = btf_dump__emit_type_decl(dump, kfunc->proto_id, &opts);
	if (err)
		return fail(messages_errno(err), "write function [%u] in C", kfunc->id);
	buf_addstr(text, " __weak __ksym;\n");
	return 0;
}

int ckfuncs(struct btf_dump *dump, const struct btf *btf, struct buf *text)
{
	struct kfuncs all = { 0 }, fast = { 0 };
	int err = find(btf, "bpf_kfunc", &all) ?: find(btf, "bpf_fastcall", &fast);

	buf_addstr(text, "\n/* BPF kfuncs */\n#ifndef BPF_NO_KFUNC_PROTOTYPES\n");
	for (size_t i = 0; !err && i < all.n; i++) {
		bool is_fast =
			fast.n && bsearch(&all.v[i], fast.v, fast.n, sizeof(*fast.v), compare);

		err = declare(dump, &all.v[i], is_fast, text);
	}
	buf_addstr(text, "#endif\n\n");
	vec_free(&all);
	vec_free(&fast);
	return err;
}
