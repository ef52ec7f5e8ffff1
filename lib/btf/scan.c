// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Text to raw bytes, by their BTF type: objects and arrays. */
#include "btf/scan.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/addr.h"
#include "base/err.h"
#include "base/text.h"
#include "btf/decl.h"
#include "btf/scan_inner.h"
#include "btf/step.h"

int scan_fail(const struct scanner *scanner, const struct step *step, const char *format, ...)
{
	struct buf type AUTO_BUF = BUF_EMPTY;
	char reason[512];
	va_list args;

	va_start(args, format);
	vsnprintf(reason, sizeof(reason), format, args);
	va_end(args);
	if (decl_type(scanner->plan->btf, step->type_id, &type))
		buf_addstr(&type, "?");
	if (step->kind == STEP_BITS)
		buf_printf(&type, ":%u", step->bits.count);
	return fail_plain(-EINVAL, "%s (%s): %s", buf_str(&scanner->path), buf_str(&type), reason);
}

/* Where the path ends before what is added to it, to be cut there again. */
static void path_cut(struct scanner *scanner, size_t len)
{
	scanner->path.len = len;
	if (scanner->path.data)
		scanner->path.data[len] = '\0';
}

/* The step behind a value that may have others in it. */
static const struct step *after(const struct step *step)
{
	unsigned int depth = 0;

	do {
		depth += step->kind == STEP_OBJECT || step->kind == STEP_LIST;
		depth -= step->kind == STEP_END;
		step += step->kind == STEP_ARRAY ? 1 + step->array.body : 1;
	} while (depth);
	return step;
}

/* The member of that name; in a list those of all its objects count, as the names are theirs. */
static const struct step *find_member(const struct step *parent, const char *name)
{
	const struct step *step = parent + 1;

	while (step->kind != STEP_END) {
		bool is_var = parent->kind == STEP_LIST && step->kind == STEP_OBJECT;
		const struct step *member = is_var ? step + 1 : step;

		if (member->key && !strcmp(member->key, name))
			return member;
		step = after(step);
	}
	return NULL;
}

static int fail_member(const struct scanner *scanner, const struct step *parent, const char *name)
{
	const struct step *step = parent + 1;
	int err = scan_fail(scanner, parent, "has no member '%s'", name);

	for (; step->kind != STEP_END; step = after(step)) {
		const struct step *member = parent->kind == STEP_LIST ? step + 1 : step;

		if (member->key && text_near(name, member->key))
			return fail_hint("did you mean '%s'?", member->key);
	}
	return err;
}

static int scan_step(struct scanner *scanner, const struct step *step, uint8_t *base);

/* Members of `parent`, which is an object, or a list of objects of one member each. */
static int scan_object(struct scanner *scanner, const struct step *parent, uint8_t *base)
{
	struct jsonin_level level;
	size_t len = scanner->path.len;
	int more;

	if (jsonin_kind(&scanner->in) != JSONIN_OBJECT)
		return scan_fail(scanner, parent, "is an object: {\"member\": …}");
	level = jsonin_enter(&scanner->in);
	while ((more = jsonin_more(&scanner->in, &level)) > 0) {
		const struct step *member;
		int err = jsonin_name(&scanner->in, &scanner->word);

		if (err)
			return err;
		member = find_member(parent, buf_str(&scanner->word));
		if (!member)
			return fail_member(scanner, parent, buf_str(&scanner->word));
		buf_printf(&scanner->path, ".%s", member->key);
		err = scan_step(scanner, member, base);
		if (err)
			return err;
		path_cut(scanner, len);
	}
	return more;
}

/* [{"name": value}, …]: the variables of a section. */
static int scan_list(struct scanner *scanner, const struct step *list, uint8_t *base)
{
	struct jsonin_level level;
	int more, err = 0;

	if (jsonin_kind(&scanner->in) != JSONIN_ARRAY)
		return scan_fail(scanner, list, "is an array: [{\"variable\": …}, …]");
	level = jsonin_enter(&scanner->in);
	while (!err && (more = jsonin_more(&scanner->in, &level)) > 0)
		err = scan_object(scanner, list, base);
	return err ?: more;
}

/* A string, with room for its NUL. */
static int scan_chars(struct scanner *scanner, const struct step *step, uint8_t *at)
{
	if (scanner->word.len >= step->array.count)
		return scan_fail(scanner, step, "a string of %zu bytes has no room in it",
				 scanner->word.len);
	memcpy(at, buf_str(&scanner->word), scanner->word.len);
	return 0;
}

/* As many bytes as an address of a network has may be given as one. */
static int scan_address(struct scanner *scanner, const struct step *step, uint8_t *at)
{
	bool bytes = step->array.count && step[1].kind == STEP_INT && step[1].size == 1;
	const char *word = buf_str(&scanner->word);
	uint8_t address[ADDR_IP_MAX];
	int size = bytes ? addr_ip(word, address) : 0;

	if (bytes && size < 0 && !addr_mac(word, address))
		size = ADDR_MAC;
	if (size <= 0 || (uint32_t)size != step->array.count)
		return scan_fail(scanner, step, "'%s' is no array, nor an address of %u bytes",
				 word, step->array.count);
	memcpy(at, address, (size_t)size);
	return 0;
}

static int scan_quoted(struct scanner *scanner, const struct step *step, uint8_t *at)
{
	bool quoted = jsonin_kind(&scanner->in) == JSONIN_STRING;
	int err = quoted ? jsonin_string(&scanner->in, &scanner->word)
			 : jsonin_word(&scanner->in, &scanner->word);

	if (err)
		return err;
	return step->array.chars ? scan_chars(scanner, step, at) : scan_address(scanner, step, at);
}

static int scan_array(struct scanner *scanner, const struct step *step, uint8_t *at)
{
	struct jsonin_level level;
	size_t len = scanner->path.len;
	uint32_t i = 0;
	int more, err = 0;

	if (jsonin_kind(&scanner->in) != JSONIN_ARRAY)
		return scan_quoted(scanner, step, at);
	level = jsonin_enter(&scanner->in);
	while (!err && (more = jsonin_more(&scanner->in, &level)) > 0) {
		if (i == step->array.count)
			return scan_fail(scanner, step, "has %u elements, not more", i);
		buf_printf(&scanner->path, "[%u]", i);
		err = scan_step(scanner, step + 1, at + (size_t)i++ * step->array.stride);
		if (!err)
			path_cut(scanner, len);
	}
	return err ?: more;
}

/* `base` is where the value begins that the offset of the step counts from. */
static int scan_step(struct scanner *scanner, const struct step *step, uint8_t *base)
{
	switch (step->kind) {
	case STEP_OBJECT:
		return scan_object(scanner, step, base);
	case STEP_LIST:
		return scan_list(scanner, step, base);
	case STEP_ARRAY:
		return scan_array(scanner, step, base + step->offset);
	default:
		return scan_scalar(scanner, step, base + step->offset);
	}
}

int scan(const struct plan *plan, const char *text, void *bytes)
{
	struct scanner scanner = { .plan = plan, .in = { text, text } };
	const struct step *root = plan->steps.v;
	int err;

	memset(bytes, 0, plan->size);
	buf_addstr(&scanner.path, root->key ?: "value");
	err = scan_step(&scanner, root, bytes) ?: jsonin_end(&scanner.in);
	buf_free(&scanner.path);
	buf_free(&scanner.word);
	return err;
}
