// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Why the kernel does not do with an element of a map what it was asked to. */
#include "map/refusal.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "base/err.h"
#include "bpf/info.h"
#include "bpf/names.h"
#include "map/kinds.h"

/* EPERM is the answer to who may not, and to what nobody may. */
static int fail_permission(const struct refusal *refusal, const char *what)
{
	struct info_fd fd;

	info_fd(refusal->fd, &fd);
	if (fd.frozen)
		return fail_plain(-EPERM, "%s is frozen: user space cannot change it any more",
				  refusal->label);
	return fail(-EPERM, "%s %s", what, refusal->label);
}

static int fail_index(const struct refusal *refusal)
{
	uint32_t index;

	memcpy(&index, refusal->key, sizeof(index));
	return fail_plain(-E2BIG, "index %u is out of range: %s has %u elements, 0 to %u", index,
			  refusal->label, refusal->info->max_entries,
			  refusal->info->max_entries - 1);
}

static bool is_out_of_range(const struct refusal *refusal)
{
	uint32_t index;

	if (!kinds_of(refusal->info->type)->indexed || refusal->info->key_size != sizeof(index) ||
	    !refusal->key)
		return false;
	memcpy(&index, refusal->key, sizeof(index));
	return index >= refusal->info->max_entries;
}

static int fail_full(const struct refusal *refusal)
{
	return fail_plain(-E2BIG, "%s is full: it has room for %u elements", refusal->label,
			  refusal->info->max_entries);
}

static int fail_exists(const struct refusal *refusal)
{
	if (kinds_of(refusal->info->type)->indexed)
		return fail_plain(-EEXIST, "%s has all its elements from the beginning",
				  refusal->label);
	fail_plain(-EEXIST, "%s has an element with that key already", refusal->label);
	return fail_hint("'any' or 'exist' replaces its value");
}

static int fail_invalid(const struct refusal *refusal)
{
	char scratch[NAMES_SCRATCH];
	const char *why = "";

	switch (refusal->info->type) {
	case BPF_MAP_TYPE_PROG_ARRAY:
		why = "a program in it has to be of the same type, and as JITed, as those that use it";
		break;
	case BPF_MAP_TYPE_ARRAY_OF_MAPS:
	case BPF_MAP_TYPE_HASH_OF_MAPS:
		why = "a map in it has to be of the type, the sizes and the flags of the one that it "
		      "was made for";
		break;
	case BPF_MAP_TYPE_LPM_TRIE:
		why = "the prefix may not be longer than the address";
		break;
	}
	if (refusal->flags != BPF_ANY && kinds_of(refusal->info->type)->indexed)
		return fail_plain(-EINVAL, "%s: a %s takes neither 'exist' nor 'noexist'",
				  refusal->label,
				  names_map_type_or_number(refusal->info->type, scratch));
	fail(-EINVAL, "update %s", refusal->label);
	return *why ? fail_hint("%s", why) : -EINVAL;
}

static int fail_type(const struct refusal *refusal, int err, const char *done)
{
	char scratch[NAMES_SCRATCH];
	const struct kinds *kinds = kinds_of(refusal->info->type);

	fail_plain(err, "%s is a %s, whose elements cannot be %s from user space (%s)%s%s",
		   refusal->label, names_map_type_or_number(refusal->info->type, scratch), done,
		   err_name(err), kinds->none ? ": " : "", kinds->none ?: "");
	return kinds->instead ? fail_hint("%s", kinds->instead) : err;
}

static bool is_unsupported(int err)
{
	return err == -EOPNOTSUPP || err == -ERR_ENOTSUPP;
}

int refusal_update(const struct refusal *refusal, int err)
{
	if (err == -EPERM)
		return fail_permission(refusal, "update");
	if (err == -E2BIG)
		return is_out_of_range(refusal) ? fail_index(refusal) : fail_full(refusal);
	if (err == -EEXIST)
		return fail_exists(refusal);
	if (err == -ENOENT && refusal->flags == BPF_EXIST)
		return fail_missing("%s has no element with that key, which 'exist' asks for",
				    refusal->label);
	if (err == -ENOSPC)
		return fail_full(refusal);
	if (err == -EINVAL)
		return fail_invalid(refusal);
	if (is_unsupported(err))
		return fail_type(refusal, err, "updated");
	return fail(err, "update %s", refusal->label);
}

int refusal_delete(const struct refusal *refusal, int err)
{
	if (err == -EPERM)
		return fail_permission(refusal, "delete from");
	if (is_out_of_range(refusal))
		return fail_index(refusal);
	if (err == -ENOENT)
		return fail_missing("%s has no element with that key", refusal->label);
	if (err == -EINVAL && kinds_of(refusal->info->type)->indexed) {
		fail_plain(err, "elements of an array cannot be deleted, and %s is one",
			   refusal->label);
		return fail_hint("update the element to zeros");
	}
	if (is_unsupported(err))
		return fail_type(refusal, err, "deleted");
	return fail(err, "delete from %s", refusal->label);
}

int refusal_lookup(const struct refusal *refusal, int err)
{
	if (is_unsupported(err))
		return fail_type(refusal, err, "looked up");
	return fail(err, "look up in %s", refusal->label);
}
