// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* New maps, and why there cannot be one with such parameters. */
#include "map/create.h"

#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "bpf/names.h"
#include "bpf/sys.h"
#include "map/rules.h"

/* Of enum bpf_map_create_flags: bit by bit, up to Linux 6.19. */
static const char *const flags[] = {
	"no_prealloc",      "no_common_lru",  "numa_node",     "rdonly",       "wronly",
	"stack_build_id",   "zero_seed",      "rdonly_prog",   "wronly_prog",  "clone",
	"mmapable",         "preserve_elems", "inner_map",     "link",         "path_fd",
	"vtype_btf_obj_fd", "token_fd",       "segv_on_fault", "no_user_conv", "rb_overwrite",
};

const char *create_flag_name(unsigned int bit)
{
	return bit < sizeof(flags) / sizeof(flags[0]) ? flags[bit] : NULL;
}

uint32_t create_flag(const char *name)
{
	for (unsigned int bit = 0; create_flag_name(bit); bit++) {
		if (!strcmp(create_flag_name(bit), name))
			return 1U << bit;
	}
	return 0;
}

static int check_name(const char *name)
{
	for (const char *c = name; *c; c++) {
		if (!isalnum((unsigned char)*c) && *c != '_' && *c != '.')
			return fail_plain(-EINVAL,
					  "the name '%s' has something else in it than letters, "
					  "digits, '_' and '.'",
					  name);
	}
	return 0;
}

static int check_size(const char *type, const char *what, const struct rules_range *range,
		      uint32_t size)
{
	if (size >= range->min && size <= range->max)
		return 0;
	if (!range->max)
		return fail_plain(-EINVAL, "a map of type %s has no %ss: %s has to be 0, not %u",
				  type, what, what, size);
	if (range->min == range->max)
		return fail_plain(-EINVAL, "a map of type %s has %ss of %u bytes, not %u", type,
				  what, range->min, size);
	if (size < range->min)
		return fail_plain(-EINVAL,
				  "a map of type %s has %ss of at least %u byte(s), not %u", type,
				  what, range->min, size);
	return fail_plain(-E2BIG, "a map of type %s has %ss of at most %u bytes, not %u", type,
			  what, range->max, size);
}

static int check_entries(const char *type, const struct rules *rules, uint32_t entries)
{
	uint32_t page = (uint32_t)sysconf(_SC_PAGESIZE);

	if (rules->entries == RULES_NO_ENTRIES)
		return entries ? fail_plain(-EINVAL,
					    "a map of type %s is not limited: entries "
					    "has to be 0, not %u",
					    type, entries)
			       : 0;
	if (!entries)
		return fail_plain(-EINVAL, "a map of type %s needs 'entries N', one at least",
				  type);
	if (rules->entries == RULES_BYTES && (entries & (entries - 1) || entries % page))
		return fail_plain(-EINVAL,
				  "entries are the bytes of a %s: a power of two and whole pages "
				  "(%u), not %u",
				  type, page, entries);
	return 0;
}

static int check_flags(const char *type, const struct rules *rules, uint32_t given)
{
	uint32_t missing = rules->flags & ~given, wrong = rules->no_flags & given;

	if (missing) {
		fail_plain(-EINVAL, "a map of type %s needs the flag %s", type,
			   flags[__builtin_ctz(missing)]);
		return fail_hint("flags %s", flags[__builtin_ctz(missing)]);
	}
	return wrong ? fail_plain(-EINVAL, "a map of type %s cannot have the flag %s", type,
				  flags[__builtin_ctz(wrong)])
		     : 0;
}

static int check(const struct sys_map *map, const char *type, const struct rules *rules)
{
	int err;

	if (rules->cannot) {
		fail_plain(-EINVAL, "a map of type %s cannot be made so: %s", type, rules->cannot);
		return fail_hint("load an object that has one");
	}
	if (rules->has_inner && map->inner_fd < 0) {
		fail_plain(-EINVAL, "a map of type %s needs a model of the maps in it", type);
		return fail_hint("inner_map { id ID | pinned PATH | name NAME }");
	}
	if (!rules->has_inner && map->inner_fd >= 0)
		return fail_plain(-EINVAL,
				  "a map of type %s has no maps in it: inner_map is for "
				  "array_of_maps and hash_of_maps",
				  type);
	err = check_size(type, "key", &rules->key, map->key_size)
		      ?: check_size(type, "value", &rules->value, map->value_size);
	if (!err && rules->value_unit && map->value_size % rules->value_unit)
		err = fail_plain(-EINVAL,
				 "a map of type %s has values of a multiple of %u bytes, "
				 "which %u is not",
				 type, rules->value_unit, map->value_size);
	return err ?: check_entries(type, rules, map->max_entries) ?:
		      check_flags(type, rules, map->flags);
}

static int fail_create(const struct sys_map *map, const char *type, int err)
{
	if (err == -EPERM) {
		fail_plain(err,
			   "making a map of type %s needs CAP_BPF, and some types "
			   "CAP_NET_ADMIN (EPERM)",
			   type);
		return fail_hint("try: sudo xh map create …");
	}
	if (err == -E2BIG || err == -ENOMEM)
		return fail_plain(err,
				  "%u entries of %u and %u bytes are more than the kernel gives a "
				  "map of type %s (%s)",
				  map->max_entries, map->key_size, map->value_size, type,
				  err_name(err));
	fail(err, "make a map of type %s", type);
	if (map->ifindex)
		return fail_hint("few devices take maps: see xh net features");
	return err == -EINVAL ? fail_hint("this kernel may lack the type or one of the flags")
			      : err;
}

int create_map(const struct sys_map *map)
{
	char number[16];
	const char *type = names_map_type(map->type) ?: number;
	const struct rules *rules = rules_of(map->type);
	int result = check_name(map->name);

	snprintf(number, sizeof(number), "%u", map->type);
	if (!result && rules)
		result = check(map, type, rules);
	if (result)
		return result;
	result = sys_map_create(map);
	return result < 0 ? fail_create(map, type, result) : result;
}
