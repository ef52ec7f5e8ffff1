// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The kinds of operand that verbs share: objects, devices, files. */
#include "args.h"

#include <errno.h>
#include <net/if.h>
#include <string.h>

#include "base/err.h"
#include "base/num.h"
#include "base/text.h"
#include "suggest.h"
#include "suggest_obj.h"

static int parse_id(struct obj_ref *ref, const char *word)
{
	uint64_t id = 0;
	int err = num_parse("id", word, UINT32_MAX, &id);

	ref->id = (uint32_t)id;
	return err;
}

static int parse_name(struct obj_ref *ref, const char *word)
{
	ref->word = word;
	return *word ? 0 : fail_plain(-EINVAL, "the name is empty");
}

static int parse_tag(struct obj_ref *ref, const char *word)
{
	bool whole = strlen(word) == 2 * sizeof(ref->tag);

	for (size_t i = 0; whole && i < sizeof(ref->tag); i++) {
		int high = num_hex_digit(word[2 * i]), low = num_hex_digit(word[2 * i + 1]);

		whole = high >= 0 && low >= 0;
		ref->tag[i] = (uint8_t)(high << 4 | low);
	}
	return whole ? 0 : fail_plain(-EINVAL, "tag '%s' is not 16 hexadecimal digits", word);
}

static int parse_path(struct obj_ref *ref, const char *word)
{
	ref->word = word;
	return *word ? 0 : fail_plain(-EINVAL, "the path is empty");
}

/* How an object can be named. */
struct handle {
	struct arg_form form;
	enum obj_by by;
	int (*parse)(struct obj_ref *ref, const char *word);
};

#define HANDLE_ID     { "id", "ID", "by its number" }, OBJ_BY_ID, parse_id
#define HANDLE_PINNED { "pinned", "PATH", "by where it is pinned" }, OBJ_BY_PATH, parse_path
#define HANDLE_TAG    { "tag", "TAG", "by the hash of its instructions" }, OBJ_BY_TAG, parse_tag
#define HANDLE_NAME   { "name", "NAME", "by its name" }, OBJ_BY_NAME, parse_name

static const struct handle prog_handles[] = {
	{ HANDLE_ID }, { HANDLE_PINNED }, { HANDLE_TAG }, { HANDLE_NAME }
};
static const struct handle map_handles[] = { { HANDLE_ID }, { HANDLE_PINNED }, { HANDLE_NAME } };
static const struct handle link_handles[] = { { HANDLE_ID }, { HANDLE_PINNED } };
static const struct handle btf_handles[] = { { HANDLE_ID } };
const struct choices args_prog_forms = CHOICES("PROG", prog_handles);
static const struct choices map_forms = CHOICES("MAP", map_handles);
static const struct choices link_forms = CHOICES("LINK", link_handles);
static const struct choices btf_forms = CHOICES("BTF", btf_handles);

static const struct arg_type *const types[] = {
	[OBJ_PROG] = &arg_prog,
	[OBJ_MAP] = &arg_map,
	[OBJ_LINK] = &arg_link,
	[OBJ_BTF] = &arg_btf,
};

static const struct handle *find_handle(enum obj_kind kind, const char *word)
{
	const struct choices *forms = types[kind]->forms;

	for (size_t i = 0; i < forms->count; i++) {
		if (cli_fits(word, choices_name(forms, i)))
			return choices_row(forms, i);
	}
	return NULL;
}

/* A program can be named in every way that there is. */
bool args_names_object(const char *word)
{
	return find_handle(OBJ_PROG, word);
}

static int fail_handle(enum obj_kind kind, const char *word)
{
	const struct choices *forms = types[kind]->forms;

	if (!word)
		fail_plain(-EINVAL, "%s is missing", types[kind]->name);
	else
		fail_plain(-EINVAL, "'%s' does not name a %s", word, obj_kind_name(kind));
	for (size_t i = 0; word && i < forms->count; i++) {
		if (text_near(word, choices_name(forms, i)))
			return fail_hint("did you mean '%s'?", choices_name(forms, i));
	}
	return cli_hint_spec(types[kind]);
}

static int parse_ref(enum obj_kind kind, struct words *words, void *slot)
{
	const char *word = words_next(words), *value;
	const struct handle *handle = word ? find_handle(kind, word) : NULL;
	struct obj_ref *ref = slot;

	if (!handle)
		return fail_handle(kind, word);
	value = words_next(words);
	if (!value)
		return fail_plain(-EINVAL, "%s is missing after '%s'", handle->form.value, word);
	*ref = (struct obj_ref){ .kind = kind, .by = handle->by };
	return handle->parse(ref, value);
}

static void suggest_ref(const struct arg *arg, enum obj_kind kind, struct suggestions *to)
{
	const struct choices *forms = types[kind]->forms;
	const struct handle *handle;

	for (size_t i = 0; !to->value[0] && i < forms->count; i++) {
		const struct arg_form *form = choices_row(forms, i);

		suggest_add(to, form->keyword, form->help);
	}
	handle = to->value[0] && !to->value[1] ? find_handle(kind, to->value[0]) : NULL;
	if (handle)
		suggest_objects(arg, kind, handle->by, to);
}

static void suggest_prog(const struct arg *arg, struct suggestions *to)
{
	suggest_ref(arg, OBJ_PROG, to);
}

static void suggest_map(const struct arg *arg, struct suggestions *to)
{
	suggest_ref(arg, OBJ_MAP, to);
}

static void suggest_link(const struct arg *arg, struct suggestions *to)
{
	suggest_ref(arg, OBJ_LINK, to);
}

static void suggest_btf(const struct arg *arg, struct suggestions *to)
{
	suggest_ref(arg, OBJ_BTF, to);
}

static int parse_prog(const struct arg *arg, struct words *words, void *slot)
{
	(void)arg;
	return parse_ref(OBJ_PROG, words, slot);
}

static int parse_map(const struct arg *arg, struct words *words, void *slot)
{
	(void)arg;
	return parse_ref(OBJ_MAP, words, slot);
}

static int parse_link(const struct arg *arg, struct words *words, void *slot)
{
	(void)arg;
	return parse_ref(OBJ_LINK, words, slot);
}

static int parse_btf(const struct arg *arg, struct words *words, void *slot)
{
	(void)arg;
	return parse_ref(OBJ_BTF, words, slot);
}

static int parse_dev(const struct arg *arg, struct words *words, void *slot)
{
	int err = cli_word.parse(arg, words, slot);
	const char *name = *(const char **)slot;

	if (err || strlen(name) < IFNAMSIZ)
		return err;
	return fail_plain(-EINVAL, "device name '%s' is longer than %d characters", name,
			  IFNAMSIZ - 1);
}

static int parse_word(const struct arg *arg, struct words *words, void *slot)
{
	return cli_word.parse(arg, words, slot);
}

const struct arg_type arg_prog = {
	.name = "PROG",
	.forms = &args_prog_forms,
	.help = "A loaded program",
	.parse = parse_prog,
	.suggest = suggest_prog,
};
const struct arg_type arg_map = {
	.name = "MAP",
	.forms = &map_forms,
	.help = "A map",
	.parse = parse_map,
	.suggest = suggest_map,
};
const struct arg_type arg_link = {
	.name = "LINK",
	.forms = &link_forms,
	.help = "A link, which attaches a program",
	.parse = parse_link,
	.suggest = suggest_link,
};
const struct arg_type arg_btf = {
	.name = "BTF",
	.forms = &btf_forms,
	.help = "A BTF object: the types of the kernel, a module or a program",
	.parse = parse_btf,
	.suggest = suggest_btf,
};
const struct arg_type arg_dev = {
	.name = "DEV",
	.help = "A network device, by its name",
	.parse = parse_dev,
	.suggest = suggest_devices,
};
const struct arg_type arg_file = {
	.name = "FILE",
	.help = "A file",
	.parse = parse_word,
	.suggest = suggest_files,
};
const struct arg_type arg_path = {
	.name = "PATH",
	.help = "Where to pin, on a BPF file system",
	.parse = parse_word,
	.suggest = suggest_pin_places,
};
