// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* BTF types as C declarations. */
#include "btf/decl.h"

#include <bpf/btf.h>
#include <errno.h>

#include "base/buf.h"
#include "btf/types.h"

/* Types within one declaration, and its length: a few types may spell out without an end. */
#define DEPTH_MAX  64
#define LENGTH_MAX 4096

struct decl {
	const struct btf *btf;
	struct buf *text;
};

static int add_type(const struct decl *decl, uint32_t id, unsigned int depth);

/* What stands before a type's name, or before the type that it qualifies. */
static const char *const words[] = {
	[BTF_KIND_STRUCT] = "struct ",     [BTF_KIND_UNION] = "union ",
	[BTF_KIND_ENUM] = "enum ",         [BTF_KIND_ENUM64] = "enum ",
	[BTF_KIND_VOLATILE] = "volatile ", [BTF_KIND_CONST] = "const ",
	[BTF_KIND_RESTRICT] = "restrict ", [BTF_KIND_TYPE_TAG] = "",
};

/* Every type leaves a blank for what may follow it. */
static void drop_blank(struct buf *text)
{
	if (text->len && text->data[text->len - 1] == ' ')
		text->data[--text->len] = '\0';
}

static int add_params(const struct decl *decl, const struct btf_type *proto, unsigned int depth)
{
	const struct btf_param *param = btf_params(proto);
	struct buf *text = decl->text;

	buf_addch(text, '(');
	for (uint32_t i = 0; i < btf_vlen(proto); i++, param++) {
		const char *name = types_string(decl->btf, param->name_off);
		int err;

		if (i)
			buf_addstr(text, ", ");
		if (!param->type) {
			buf_addstr(text, "...");
			continue;
		}
		err = add_type(decl, param->type, depth);
		if (err)
			return err;
		buf_addstr(text, name);
		if (!*name)
			drop_blank(text);
	}
	buf_addch(text, ')');
	return 0;
}

static int add_proto(const struct decl *decl, const struct btf_type *proto, const char *name,
		     unsigned int depth)
{
	int err;

	if (!proto || !btf_is_func_proto(proto))
		return -EINVAL;
	err = add_type(decl, proto->type, depth);
	if (err)
		return err;
	buf_addstr(decl->text, name);
	return add_params(decl, proto, depth);
}

static int add_array(const struct decl *decl, const struct btf_type *type, unsigned int depth)
{
	const struct btf_array *array = btf_array(type);
	int err = add_type(decl, array->type, depth);

	if (!err)
		buf_printf(decl->text, "[%u]", array->nelems);
	return err;
}

static int add_known(const struct decl *decl, const struct btf_type *type, unsigned int depth)
{
	const char *name = types_string(decl->btf, type->name_off);
	unsigned int kind = btf_kind(type);
	int err;

	switch (kind) {
	case BTF_KIND_INT:
	case BTF_KIND_FLOAT:
	case BTF_KIND_TYPEDEF:
		buf_printf(decl->text, "%s ", name);
		return 0;
	case BTF_KIND_STRUCT:
	case BTF_KIND_UNION:
	case BTF_KIND_ENUM:
	case BTF_KIND_ENUM64:
		buf_printf(decl->text, "%s%s ", words[kind], name);
		return 0;
	case BTF_KIND_FWD:
		buf_printf(decl->text, "%s %s ", btf_kflag(type) ? "union" : "struct", name);
		return 0;
	case BTF_KIND_CONST:
	case BTF_KIND_VOLATILE:
	case BTF_KIND_RESTRICT:
	case BTF_KIND_TYPE_TAG:
		buf_addstr(decl->text, words[kind]);
		return add_type(decl, type->type, depth);
	case BTF_KIND_PTR:
		err = add_type(decl, type->type, depth);
		buf_addstr(decl->text, "* ");
		return err;
	case BTF_KIND_ARRAY:
		return add_array(decl, type, depth);
	case BTF_KIND_FUNC_PROTO:
		return add_proto(decl, type, "", depth);
	default:
		return -EINVAL;
	}
}

static int add_type(const struct decl *decl, uint32_t id, unsigned int depth)
{
	const struct btf_type *type;

	if (!id) {
		buf_addstr(decl->text, "void ");
		return 0;
	}
	if (depth >= DEPTH_MAX)
		return -ELOOP;
	if (decl->text->len > LENGTH_MAX)
		return -E2BIG;
	type = btf__type_by_id(decl->btf, id);
	return type ? add_known(decl, type, depth + 1) : -EINVAL;
}

static int finish(const struct buf *spelled, int err, struct buf *text)
{
	if (err)
		return err;
	if (spelled->failed)
		return -ENOMEM;
	buf_add(text, buf_str(spelled), spelled->len);
	return 0;
}

int decl_type(const struct btf *btf, uint32_t id, struct buf *text)
{
	struct buf spelled AUTO_BUF = BUF_EMPTY;
	const struct decl decl = { .btf = btf, .text = &spelled };
	int err = add_type(&decl, id, 0);

	drop_blank(&spelled);
	return finish(&spelled, err, text);
}

int decl_func(const struct btf *btf, uint32_t id, struct buf *text)
{
	const struct btf_type *func = btf__type_by_id(btf, id);
	struct buf spelled AUTO_BUF = BUF_EMPTY;
	const struct decl decl = { .btf = btf, .text = &spelled };

	if (!func || !btf_is_func(func))
		return -EINVAL;
	return finish(&spelled,
		      add_proto(&decl, btf__type_by_id(btf, func->type), types_name(btf, id), 0),
		      text);
}
