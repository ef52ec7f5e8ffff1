/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What the files of lib/out share: the levels, and the frame around a value. */
#ifndef XH_OUT_INNER_H
#define XH_OUT_INNER_H

#include "out/buffer.h"
#include "out/out.h"

enum level_kind {
	LEVEL_DOCUMENT, /* has room for one value, and no punctuation */
	LEVEL_NONE,     /* has no punctuation: fields inside belong to the level around it */
	LEVEL_OBJECT,
	LEVEL_ARRAY,
	LEVEL_LIST,  /* of text */
	LEVEL_TYPED, /* a part of text that is JSON */
	LEVEL_MUTE,  /* a part of JSON that text does not show */
};

struct level {
	enum level_kind kind;
	bool any;                /* something stands in it already */
	bool outer_json;         /* out->json to go back to */
	unsigned int json_depth; /* of the lines inside it, in steps of indentation */
	struct level *outer;     /* the level that fields belong to after this one ends */
};

/* All of the output, or a part of it that is filled like a whole one. */
struct document {
	unsigned int depth; /* of its level */
	size_t begin;       /* JSON: where it begins in the buffer, until it is committed */
	bool started;
	bool committed; /* a value was emitted, or something written */
	bool lines;     /* JSON: each outermost value is a document on its line */
	enum out_form outer_form;
	bool outer_pretty;
};

struct out {
	struct buffer buffer;
	enum out_form form;
	bool json;        /* what comes now is rendered as JSON */
	bool pretty;      /* and that indented */
	bool colour;      /* text: names stand out */
	bool on_line;     /* text: something stands on the line */
	bool after_colon; /* text: and it ends in ':' */
	unsigned int indent;
	const char *gap;
	unsigned int depth;
	struct level *level; /* the one that fields belong to */
	struct level levels[OUT_DEPTH_MAX];
	struct document *document; /* the innermost */
	struct document documents[OUT_DOCUMENTS_MAX];
};

/* Opens a level; out_end() closes it. */
struct level *inner_push(struct out *out, enum level_kind kind);

/*
 * A field: inner_begin() emits what comes before the value and says whether there is a place for
 * it; *text becomes the rest of the template, or NULL in JSON, for inner_end().
 */
bool inner_begin(struct out *out, const char *key, const char **text);
void inner_end(struct out *out, const char *text);

/* A string value: quoted in JSON, escaped in both. */
void inner_string(struct out *out, const char *bytes, size_t len);

/* The bracket that ends an array of scalars, on its own line where JSON is indented. */
void inner_close_array(struct out *out, bool any);

#endif
