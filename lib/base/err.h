/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Errors: the reason is recorded where it is known, callers may add context, only main prints. */
#ifndef XH_BASE_ERR_H
#define XH_BASE_ERR_H

#include <stdbool.h>

/* Kernel-internal codes that reach user space and that <errno.h> does not have. */
#define ERR_ENOTSUPP 524

/* Exit statuses that every command keeps to. */
enum status {
	STATUS_DONE = 0,
	STATUS_MISSING = 254, /* no such object, key or element */
	STATUS_FAILED = 255,
};

struct failure {
	int err;	    /* errno value, positive; 0 when nothing failed */
	enum status status; /* what the process exits with */
	char text[1024];    /* what failed, on what, and why; may hold bytes from outside */
	char hint[512];	    /* what to do about it, or "" */
};

/*
 * Each of these records a failure and returns a negative errno value, so that it can stand in a
 * return statement. `err` may be given positive or negative. A later one replaces an earlier one.
 *
 * fail() appends the errno's text and name to the message: "open x.o: No such file … (ENOENT)".
 * fail_plain() does not: for messages that say it all.
 * fail_missing() is fail_plain() with -ENOENT, and makes the process exit with STATUS_MISSING.
 */
int fail(int err, const char *format, ...) __attribute__((format(printf, 2, 3)));
int fail_plain(int err, const char *format, ...) __attribute__((format(printf, 2, 3)));
int fail_missing(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Puts "<context>: " before what was recorded; returns -err, so a caller can pass it on. */
int fail_context(int err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Adds what the user can do about the failure just recorded; returns its negative errno value. */
int fail_hint(const char *format, ...) __attribute__((format(printf, 1, 2)));

/*
 * Records a failure of which the output tells already: the process exits with `status` and nothing
 * more is printed. -ENOENT or -EINVAL.
 */
int fail_shown(enum status status);

/*
 * Puts back a failure that was copied from fail_last(), after something else was tried that may
 * have failed as well; returns its negative errno value.
 */
int fail_restore(const struct failure *failure);

/* Forgets what was recorded, for a caller that dealt with it. */
void fail_clear(void);

/* The last failure; borrowed, valid until the next call of a function above. */
const struct failure *fail_last(void);

/*
 * Says on stderr, escaped, what the user should know though nothing failed: "Warning: …". Only to a
 * person, that is where stderr is a terminal: programs take whatever is there for a failure.
 */
void warn(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The symbol and the text of an errno value, sign ignored: "EPERM", "Operation not permitted". */
const char *err_name(int err);
const char *err_text(int err);

#endif
