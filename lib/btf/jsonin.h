/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * A reader of JSON (RFC 8259) that its caller drives: it keeps no tree and does not recurse, and
 * hands numbers out as they were written, so that none loses a digit.
 */
#ifndef XH_BTF_JSONIN_H
#define XH_BTF_JSONIN_H

#include <stdbool.h>

struct buf;

struct jsonin {
	const char *text;
	const char *at;
};

/* What comes next. A word is a number, true, false, null, or a name without quotes. */
enum jsonin_kind {
	JSONIN_NONE,
	JSONIN_OBJECT,
	JSONIN_ARRAY,
	JSONIN_STRING,
	JSONIN_WORD,
};
enum jsonin_kind jsonin_kind(struct jsonin *in);

/* An object or array that is being read. */
struct jsonin_level {
	char close;
	bool begun;
};

/* Enters the object or array that comes next. */
struct jsonin_level jsonin_enter(struct jsonin *in);

/* 1 when another item follows; 0 after the last one, the level is left; -EINVAL as below. */
int jsonin_more(struct jsonin *in, struct jsonin_level *level);

/*
 * Read a string, the name of a member with its colon, or a word into `into`, anew. 0, or -EINVAL
 * with the failure recorded, which tells where in the text.
 */
int jsonin_string(struct jsonin *in, struct buf *into);
int jsonin_name(struct jsonin *in, struct buf *into);
int jsonin_word(struct jsonin *in, struct buf *into);

/* 0 when nothing but blanks is left, else -EINVAL with the failure recorded. */
int jsonin_end(struct jsonin *in);

#endif
