/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* One emission, two renderers: a field is said once and comes out as text or as JSON. */
#ifndef XH_OUT_OUT_H
#define XH_OUT_OUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct out;

enum out_form {
	OUT_TEXT,
	OUT_JSON,   /* compact */
	OUT_PRETTY, /* the same document, indented */
};

/* How deeply objects, arrays, lists, typed parts and wraps may nest: the caller's to bound. */
#define OUT_DEPTH_MAX 128

/* The same of documents in one another. */
#define OUT_DOCUMENTS_MAX 10

/*
 * Output goes to `fd` (borrowed) through one large buffer. NULL: no memory.
 * A write that fails makes every later call do nothing; out_err() and out_finish() tell.
 */
struct out *out_new(int fd, enum out_form form);
void out_free(struct out *out);

/* 0, or the negative errno of the first write that failed; for loops that want to stop early. */
int out_err(const struct out *out);

/* Writes what is buffered, for a reader that follows; 0 or a negative errno. */
int out_flush(struct out *out);

/*
 * Before anything is emitted: JSON from now on, compact, and each outermost object or array is a
 * document on a line of its own. There may be any number of them, none too. In JSON within
 * out_document() they become an array.
 */
void out_lines(struct out *out);

/*
 * Begins a part that is filled like a whole output: one value in JSON, `key` before it in an
 * object, "null" when it stays empty; lines in text. What is said here of beginning and starting
 * again then is about that part. out_document_end() closes all that is open in it.
 */
void out_document(struct out *out, const char *key);
void out_document_end(struct out *out);

/* Closes all that is open, ends the document, writes it; 0 or a negative errno. */
int out_finish(struct out *out);

/* True once any field, object or array was emitted, or when there need not be any. */
bool out_started(const struct out *out);

/*
 * Forgets JSON of which only objects and arrays were begun (and ended), so that another document
 * can be emitted instead; false, and nothing is forgotten, when there is more, or in text.
 */
bool out_restart(struct out *out);

/*
 * Levels. Each is closed by out_end(), innermost first; out_finish() closes those still open.
 *
 * out_object, out_array: JSON punctuation, nothing in text.
 * out_list: an array in JSON; in text its fields stand after `text`, separated by commas.
 * out_typed: in text, what is inside is JSON, indented; in JSON it is nothing.
 * out_typed_line: the same on one line, and not inside out_typed().
 * out_wrap: an object in JSON; nothing in text, nor inside a typed part of text.
 * out_json_only: nothing itself, and text shows nothing of what is inside.
 */
void out_object(struct out *out, const char *key);
void out_array(struct out *out, const char *key);
void out_list(struct out *out, const char *key, const char *text);
void out_typed(struct out *out);
void out_typed_line(struct out *out);
void out_wrap(struct out *out, const char *key);
void out_json_only(struct out *out);
void out_end(struct out *out);

/*
 * Fields. `key` is the JSON key; NULL inside an array, and inside an object for what only text has.
 * `text` is a template whose '%' becomes the value ("xlated %B"); NULL for what only JSON has.
 * Fields of a line of text are set apart by two spaces, by one after a colon, see out_gap().
 * Strings and keys may hold any bytes: both renderers escape what is unfit to be shown.
 */
void out_str(struct out *out, const char *key, const char *text, const char *value);
void out_strn(struct out *out, const char *key, const char *text, const char *value, size_t len);
void out_uint(struct out *out, const char *key, const char *text, uint64_t value);
void out_int(struct out *out, const char *key, const char *text, int64_t value);

/* JSON: a number; text: hexadecimal with 0x. */
void out_hex(struct out *out, const char *key, const char *text, uint64_t value);

/* "0x1f", in JSON a string. */
void out_hexstr(struct out *out, const char *key, const char *text, uint64_t value);

/* JSON: a number; text (typed parts too): "0x1f", or "(nil)" for 0. */
void out_pointer(struct out *out, const char *key, const char *text, uint64_t value);

/* true or false; out_flag() shows its text, which needs no '%', only when the value is true. */
void out_bool(struct out *out, const char *key, const char *text, bool value);
void out_flag(struct out *out, const char *key, const char *text, bool value);

/* JSON: seconds since 1970; text: local time as in 2026-11-22T15:32:52+0000. */
void out_time(struct out *out, const char *key, const char *text, uint64_t seconds);

/* A JSON token that the caller made (a number, null); the same characters in text. */
void out_token(struct out *out, const char *key, const char *text, const char *token);

/* JSON: ["0x01","0x02"]; text: 01 02, eight and eight to a row of sixteen. */
void out_bytes(struct out *out, const char *key, const char *text, const void *bytes, size_t len);

/* Text only: a constant piece as it is, set apart from nothing, newlines allowed. */
void out_text(struct out *out, const char *piece);

/* Text only: ends the line if anything stands on it. out_blank() leaves an empty line. */
void out_line(struct out *out);
void out_blank(struct out *out);

/* Text only: names are bold from now on, for a terminal that is asked to. */
void out_colour(struct out *out);

/* Text only: the tabs that later lines begin with; what stands between fields ("  " at first). */
void out_indent(struct out *out, unsigned int tabs);
void out_gap(struct out *out, const char *gap);

#endif
