// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The type and the flags of a map as they are written on the command line. */
#include "map/newmap.h"

#include <errno.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/num.h"
#include "base/text.h"
#include "bpf/names.h"
#include "cli/suggest.h"
#include "map/create.h"

static int fail_type(const char *word)
{
	struct buf all AUTO_BUF = BUF_EMPTY;
	const char *near = NULL;

	for (uint32_t type = 1; names_map_type(type); type++) {
		buf_printf(&all, "%s%s", type == 1 ? "" : ", ", names_map_type(type));
		if (!near && text_near(word, names_map_type(type)))
			near = names_map_type(type);
	}
	fail_plain(-EINVAL, "there is no map type '%s'", word);
	return near ? fail_hint("did you mean '%s'?", near) : fail_hint("%s", buf_str(&all));
}

/* In full, as types to come may begin with the same letters; or by number, for those that did. */
static int parse_type(const struct arg *arg, struct words *words, void *slot)
{
	struct newmap_type *type = slot;
	const char *word = words_next(words);
	uint64_t number;

	if (!word)
		return fail_plain(-EINVAL, "%s is missing after '%s'", arg->type->name,
				  arg->keyword);
	for (uint32_t i = 1; names_map_type(i); i++) {
		if (!strcmp(names_map_type(i), word)) {
			type->number = i;
			return 0;
		}
	}
	if (num_read(word, UINT32_MAX, &number) || !number)
		return fail_type(word);
	type->number = (uint32_t)number;
	return 0;
}

static void suggest_type(const struct arg *arg, struct suggestions *to)
{
	(void)arg;
	for (uint32_t type = 1; !*to->value && names_map_type(type); type++)
		suggest_add(to, names_map_type(type), NULL);
}

static int fail_flag(const char *name)
{
	struct buf all AUTO_BUF = BUF_EMPTY;

	for (unsigned int bit = 0; create_flag_name(bit); bit++)
		buf_printf(&all, "%s%s", bit ? ", " : "", create_flag_name(bit));
	fail_plain(-EINVAL, "there is no flag '%s'", name);
	for (unsigned int bit = 0; create_flag_name(bit); bit++) {
		if (text_near(name, create_flag_name(bit)))
			return fail_hint("did you mean '%s'?", create_flag_name(bit));
	}
	return fail_hint("a number, or some of %s", buf_str(&all));
}

/* "no_prealloc,mmapable" */
static int parse_names(const char *word, struct newmap_flags *flags)
{
	while (word) {
		const char *comma = strchr(word, ',');
		struct buf name AUTO_BUF = BUF_EMPTY;
		uint32_t flag;

		buf_add(&name, word, comma ? (size_t)(comma - word) : strlen(word));
		flag = create_flag(buf_str(&name));
		if (!flag)
			return fail_flag(buf_str(&name));
		flags->bits |= flag;
		word = comma ? comma + 1 : NULL;
	}
	return 0;
}

static int parse_flags(const struct arg *arg, struct words *words, void *slot)
{
	struct newmap_flags *flags = slot;
	const char *word = words_next(words);
	uint64_t bits;

	if (!word)
		return fail_plain(-EINVAL, "%s is missing after '%s'", arg->type->name,
				  arg->keyword);
	if (word[0] < '0' || word[0] > '9')
		return parse_names(word, flags);
	if (num_parse("flags", word, UINT32_MAX, &bits))
		return -EINVAL;
	flags->bits = (uint32_t)bits;
	return 0;
}

/* The first of them, or the one behind the last comma. */
static void suggest_flags(const struct arg *arg, struct suggestions *to)
{
	const char *comma = strrchr(to->typed, ',');
	int len = comma ? (int)(comma - to->typed) + 1 : 0;

	(void)arg;
	for (unsigned int bit = 0; !*to->value && create_flag_name(bit); bit++) {
		struct buf word AUTO_BUF = BUF_EMPTY;

		buf_printf(&word, "%.*s%s", len, to->typed, create_flag_name(bit));
		suggest_add(to, buf_str(&word), NULL);
	}
}

const struct arg_type newmap_type = {
	.name = "TYPE",
	.help = "What kind of map: hash, array, lpm_trie, ringbuf, …",
	.parse = parse_type,
	.suggest = suggest_type,
};
const struct arg_type newmap_flags = {
	.name = "FLAGS",
	.spec = "{ NUMBER | FLAG[,FLAG…] }",
	.help = "How it is made: no_prealloc, mmapable, rdonly_prog, …",
	.parse = parse_flags,
	.suggest = suggest_flags,
};
