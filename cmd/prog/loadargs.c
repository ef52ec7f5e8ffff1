// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What is written after `xh prog load` and `xh prog loadall`. */
#include "prog/loadargs.h"

#include <errno.h>
#include <string.h>

#include "base/err.h"
#include "base/num.h"
#include "bpf/sections.h"
#include "cli/suggest.h"

/* Every map that is taken is an operand of its own, with the words that any MAP has. */
static const struct arg ref_arg = { .type = &arg_map };

static int too_many(const char *keyword, size_t limit)
{
	return fail_plain(-E2BIG, "'%s' is given more than %zu times", keyword, limit);
}

static int parse_index(const char *word, struct loadargs_map *map)
{
	uint64_t index;
	int err = num_parse("idx", word, UINT32_MAX, &index);

	map->index = (uint32_t)index;
	return err;
}

static int parse_map(const struct arg *arg, struct words *words, void *slot)
{
	struct loadargs_maps *maps = slot;
	struct loadargs_map *map = &maps->v[maps->count];
	const char *by = words_next(words), *value = words_next(words);
	bool is_name = by && cli_fits(by, "name");
	int err = 0;

	if (maps->count == LOADARGS_MAPS)
		return too_many(arg->keyword, LOADARGS_MAPS);
	if (!by || !(is_name || cli_fits(by, "idx")))
		return fail_plain(-EINVAL, "'%s' needs 'idx IDX' or 'name NAME' after it, then MAP",
				  arg->keyword);
	if (!value)
		return fail_plain(-EINVAL, "%s is missing after '%s'", is_name ? "NAME" : "IDX",
				  by);
	if (is_name)
		map->name = value;
	else
		err = parse_index(value, map);
	err = err ?: arg_map.parse(&ref_arg, words, &map->ref);
	maps->count += !err;
	return err;
}

static void suggest_map(const struct arg *arg, struct suggestions *to)
{
	char *const *value = to->value;

	(void)arg;
	if (!value[0]) {
		suggest_add(to, "idx", "the map of the object with that number, from 0");
		suggest_add(to, "name", "the map of the object with that name");
	} else if (value[1]) {
		to->value += 2;
		arg_map.suggest(&ref_arg, to);
		to->value = value;
	}
}

static int parse_global(const struct arg *arg, struct words *words, void *slot)
{
	struct loadargs_globals *globals = slot;
	const char *word = words_next(words), *equals;

	if (globals->count == LOADARGS_GLOBALS)
		return too_many(arg->keyword, LOADARGS_GLOBALS);
	if (!word)
		return fail_plain(-EINVAL, "NAME=VALUE is missing after '%s'", arg->keyword);
	equals = strchr(word, '=');
	if (!equals || equals == word || !equals[1])
		return fail_plain(-EINVAL, "'%s' is not NAME=VALUE", word);
	globals->v[globals->count++] = word;
	return 0;
}

static int parse_type(const struct arg *arg, struct words *words, void *slot)
{
	return cli_word.parse(arg, words, slot);
}

static void suggest_type(const struct arg *arg, struct suggestions *to)
{
	const char *name;

	(void)arg;
	for (size_t i = 0; !to->value[0] && (name = sections_name(i)); i++)
		suggest_add(to, name, NULL);
}

const struct arg_type loadargs_map = {
	.name = "{ idx IDX | name NAME } MAP",
	.help = "Take MAP for that map of the object",
	.mentions = (const struct arg_type *const[]){ &arg_map, NULL },
	.parse = parse_map,
	.suggest = suggest_map,
};
const struct arg_type loadargs_global = {
	.name = "NAME=VALUE",
	.help = "What a global variable begins as, in the form that its type asks for",
	.parse = parse_global,
};
const struct arg_type loadargs_type = {
	.name = "TYPE",
	.help = "Of the programs: xdp, cgroup/connect4, sched_cls, …",
	.parse = parse_type,
	.suggest = suggest_type,
};
