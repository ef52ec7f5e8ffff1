// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Names of kernel addresses, addresses of kernel symbols: all from one look at /proc/kallsyms. */
#include "jit/ksyms.h"

#include <errno.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/vec.h"
#include "jit/kallsyms.h"
#include "jit/nearest.h"

#define KSYMS_HIDDEN (64 * 1024) /* so many bytes without an address: all are hidden */

struct wanted_name {
	const char *name;
	size_t len;
	uint64_t address; /* 0: not found */
};

struct ksyms {
	struct kallsyms file;
	struct buf names;         /* of the symbols found, each ended by a 0 */
	struct nearest addresses; /* name_at: in the file's text while scanning, then in names */
	struct by_name VEC(struct wanted_name) by_name;
	size_t names_left; /* how many of by_name were not found yet */
	bool passed;       /* the image has a symbol above every wanted address … */
	bool settled;      /* … and one near below each */
	bool shown;        /* an address other than 0 was seen */
};

struct ksyms *ksyms_new(void)
{
	struct ksyms *ksyms = calloc(1, sizeof(*ksyms));

	if (ksyms)
		ksyms->file = KALLSYMS_EMPTY;
	return ksyms;
}

void ksyms_free(struct ksyms *ksyms)
{
	kallsyms_close(&ksyms->file);
	buf_free(&ksyms->names);
	nearest_free(&ksyms->addresses);
	vec_free(&ksyms->by_name);
	free(ksyms);
}

int ksyms_want_address(struct ksyms *ksyms, uint64_t address)
{
	if (!address || !nearest_add(&ksyms->addresses, address))
		return 0;
	return fail(-ENOMEM, "remember %zu kernel addresses", ksyms->addresses.rows.n);
}

int ksyms_want_name(struct ksyms *ksyms, const char *name)
{
	struct wanted_name wanted = { .name = name, .len = strlen(name) };

	if (!vec_push(&ksyms->by_name, wanted))
		return 0;
	return fail(-ENOMEM, "remember %zu kernel symbols", ksyms->by_name.n);
}

/* Forgets what an earlier scan found. */
static void begin(struct ksyms *ksyms)
{
	nearest_begin(&ksyms->addresses);
	vec_each (wanted, &ksyms->by_name)
		wanted->address = 0;
	ksyms->names_left = ksyms->by_name.n;
	ksyms->passed = false;
	buf_clear(&ksyms->names);
}

static void match_names(struct ksyms *ksyms, const struct kallsyms_line *line)
{
	vec_each (wanted, &ksyms->by_name) {
		if (wanted->address || wanted->len != line->name_len ||
		    memcmp(wanted->name, line->name, wanted->len))
			continue;
		wanted->address = line->address;
		ksyms->names_left--;
	}
}

/*
 * The file lists the kernel image first, by rising address, then modules, BPF programs and others
 * in any order. The image is one piece in the upper half of the address space (per-CPU symbols,
 * which older kernels list by their offsets, are not): nothing else lies between two of its
 * symbols, so an address with one near below and one above is settled.
 */
static bool settled_in_image(struct ksyms *ksyms)
{
	nearest_settle(&ksyms->addresses);
	vec_each (wanted, &ksyms->addresses.rows) {
		if (!nearest_is_named(wanted) || !(wanted->symbol >> 63))
			return false;
	}
	return true;
}

/* Takes one symbol into account; true when nothing in the rest of the file can matter. */
static bool take_line(struct ksyms *ksyms, const struct kallsyms_line *line)
{
	size_t name_at = (size_t)(line->name - ksyms->file.text.data);

	if (!line->address)
		return false;
	ksyms->shown = true;
	if (ksyms->names_left)
		match_names(ksyms, line);
	if (nearest_offer(&ksyms->addresses, line->address, name_at, line->name_len) || !line->core)
		return false;
	if (!ksyms->passed) {
		ksyms->passed = true;
		ksyms->settled = settled_in_image(ksyms);
	}
	return ksyms->settled && !ksyms->names_left;
}

/* Takes the whole lines from *scanned on into account; true when the rest cannot matter. */
static bool scan(struct ksyms *ksyms, size_t *scanned)
{
	const char *text = buf_str(&ksyms->file.text), *end = text + ksyms->file.text.len;
	const char *at = text + *scanned, *newline;
	struct kallsyms_line line;

	for (; (newline = memchr(at, '\n', (size_t)(end - at))); at = newline + 1) {
		if (kallsyms_line(at, newline, &line) && take_line(ksyms, &line))
			return true;
	}
	*scanned = (size_t)(at - text);
	return !ksyms->shown && *scanned > KSYMS_HIDDEN;
}

/* Keeps the names of what was found, as strings. */
static int keep_names(struct ksyms *ksyms)
{
	const struct nearest_row *before = NULL;

	vec_each (wanted, &ksyms->addresses.rows) {
		size_t at = ksyms->names.len;

		if (!nearest_is_named(wanted)) {
			wanted->symbol = 0;
			continue;
		}
		if (before && before->symbol == wanted->symbol) {
			wanted->name_at = before->name_at;
			continue;
		}
		buf_add(&ksyms->names, ksyms->file.text.data + wanted->name_at, wanted->name_len);
		buf_addch(&ksyms->names, '\0');
		wanted->name_at = at;
		before = wanted;
	}
	return buf_err(&ksyms->names);
}

int ksyms_read(struct ksyms *ksyms)
{
	size_t scanned = 0;

	begin(ksyms);
	if (!ksyms->addresses.rows.n && !ksyms->by_name.n)
		return 0;
	while (!scan(ksyms, &scanned) && !ksyms->file.ended) {
		int err = kallsyms_more(&ksyms->file);

		if (err)
			return err;
	}
	nearest_settle(&ksyms->addresses);
	return keep_names(ksyms);
}

int ksyms_scan(struct ksyms *ksyms, const char *text, size_t len)
{
	buf_add(&ksyms->file.text, text, len);
	ksyms->file.ended = true;
	return buf_err(&ksyms->file.text) ?: ksyms_read(ksyms);
}

const char *ksyms_name(const struct ksyms *ksyms, uint64_t address, uint64_t *offset)
{
	const struct nearest_row *wanted = nearest_find(&ksyms->addresses, address);

	if (!wanted || !wanted->symbol)
		return NULL;
	*offset = address - wanted->symbol;
	return ksyms->names.data + wanted->name_at;
}

uint64_t ksyms_address(const struct ksyms *ksyms, const char *name)
{
	for (size_t i = 0; i < ksyms->by_name.n; i++) {
		if (!strcmp(ksyms->by_name.v[i].name, name))
			return ksyms->by_name.v[i].address;
	}
	return 0;
}
