// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* How a command line says where BTF is: an object, a program, a map or a file that has it. */
#include "btf/where.h"

#include <errno.h>

#include "args.h"
#include "base/err.h"
#include "cli/suggest.h"
#include "suggest_obj.h"

/* What follows the word is an operand of its own, but for the id that is BTF's. */
static const struct form {
	struct arg_form form;
	const struct arg_type *type; /* or NULL: the word belongs to what follows */
} forms[] = {
	{ { "id", "ID", "a BTF object, by its number" }, NULL },
	{ { "prog", "PROG", "that of a program" }, &arg_prog },
	{ { "map", "MAP", "that of a map" }, &arg_map },
	{ { "file", "FILE", "an ELF file, or BTF alone" }, &arg_file },
};

static const struct choices choices = CHOICES("BTF_SRC", forms);

static const struct form *find_form(const char *word)
{
	for (size_t i = 0; i < choices.count; i++) {
		if (cli_fits(word, choices_name(&choices, i)))
			return choices_row(&choices, i);
	}
	return NULL;
}

static int parse_where(const struct arg *arg, struct words *words, void *slot)
{
	const char *word = *words->at;
	const struct form *form = word ? find_form(word) : NULL;
	struct where *where = slot;

	if (!form) {
		if (word)
			fail_plain(-EINVAL, "'%s' does not say where BTF is", word);
		else
			fail_plain(-EINVAL, "%s is missing", arg->type->name);
		return cli_hint_spec(arg->type);
	}
	*where = (struct where){ 0 };
	if (!form->type)
		return arg_btf.parse(&(struct arg){ .type = &arg_btf }, words, &where->ref);
	words_next(words);
	return form->type->parse(&(struct arg){ .type = form->type }, words,
				 form->type == &arg_file ? (void *)&where->file : &where->ref);
}

static void suggest_where(const struct arg *arg, struct suggestions *to)
{
	char *const *value = to->value;
	const struct form *form = value[0] ? find_form(value[0]) : NULL;

	(void)arg;
	for (size_t i = 0; !value[0] && i < choices.count; i++)
		suggest_add(to, forms[i].form.keyword, forms[i].form.help);
	if (!form)
		return;
	to->value += form->type != NULL;
	(form->type ?: &arg_btf)->suggest(&(struct arg){ .type = form->type }, to);
	to->value = value;
}

const struct arg_type where_arg = {
	.name = "BTF_SRC",
	.help = "Where the BTF is",
	.forms = &choices,
	.mentions = (const struct arg_type *const[]){ &arg_prog, &arg_map, NULL },
	.parse = parse_where,
	.suggest = suggest_where,
};
